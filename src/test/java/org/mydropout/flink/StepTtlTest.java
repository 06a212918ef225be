package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.KeyedSubtasks.Backend;
import org.mydropout.flink.KeyedSubtasks.Subtask;

/** Tests for {@link DropoutOptions#STEP_TTL}, with a clock that only the test advances. */
class StepTtlTest {

    private static final Duration TTL = Duration.ofMillis(100);
    private static final int IDS = 1000;

    @RegisterExtension private final KeyedSubtasks subtasks = new KeyedSubtasks();

    @ParameterizedTest
    @EnumSource
    void forgottenIdsAreCountedFromZeroAgain(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, counter().stepTtl(TTL));
        subtask.harness().setStateTtlProcessingTime(0);
        FeatureVector first = subtask.process(7, 0);
        subtask.stepsOf(8);
        subtask.harness().setStateTtlProcessingTime(60);
        assertThat(subtask.stepsOf(8)).containsExactly(1L);
        subtask.harness().setStateTtlProcessingTime(120);

        assertThat(subtask.process(7, 0)).isEqualTo(first);
        assertThat(subtask.stepsOf(8)).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource
    void guardForgetsIdleIdsOnly(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, builder().keyReuse(KeyReuse.COUNT).stepTtl(TTL));
        subtask.harness().setStateTtlProcessingTime(0);
        subtask.process(7, 3);
        subtask.process(8, 3);
        subtask.harness().setStateTtlProcessingTime(60);
        subtask.process(8, 3);
        assertThat(subtask.function().metrics().keysReused()).isEqualTo(1);
        subtask.harness().setStateTtlProcessingTime(120);

        subtask.process(7, 3);
        assertThat(subtask.function().metrics().keysReused()).isEqualTo(1);
        subtask.process(8, 3);
        assertThat(subtask.function().metrics().keysReused()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void ttlMayBeSwitchedOnOverASnapshotWithoutIt(Backend backend) throws Exception {
        Subtask without = subtasks.open(backend, counter());
        without.stepsOf(7, 7);

        Subtask with =
                subtasks.restore(backend, counter().stepTtl(TTL), without.harness().snapshot(1, 1));

        assertThat(with.stepsOf(7)).containsExactly(2L);
    }

    /** Each access checks five more entries, whatever their ids. */
    @Test
    void forgottenIdsLeaveTheHeapWhileOtherIdsComeIn() throws Exception {
        Subtask subtask = withForgottenIds(Backend.HEAP);

        for (int record = 0; record < IDS; record++) {
            subtask.stepsOf(IDS);
        }

        assertThat(subtask.stateEntries()).isEqualTo(2);
    }

    @Test
    void forgottenIdsLeaveRocksDbWhenItCompacts() throws Exception {
        Subtask subtask = withForgottenIds(Backend.ROCKSDB);
        subtask.stepsOf(IDS);

        subtask.compact(DropoutMapFunction.STEP_STATE);
        subtask.compact(DropoutMapFunction.LAST_STEP_STATE);

        assertThat(subtask.stateEntries()).isEqualTo(2);
        assertThat(subtask.stepsOf(IDS)).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void forgottenIdsAreInNoCanonicalSavepoint(Backend backend) throws Exception {
        Subtask subtask = withForgottenIds(backend);
        subtask.stepsOf(IDS);

        OperatorSubtaskState savepoint =
                subtask.harness()
                        .snapshotWithLocalState(
                                1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                        .getJobManagerOwnedState();
        Subtask restored = subtasks.restore(backend, counterAndGuard(), savepoint);

        assertThat(restored.stateEntries()).isEqualTo(2);
    }

    /**
     * A subtask whose ids 0 to {@link #IDS} - 1 have expired without a record since. Each has an
     * entry in two states.
     */
    private Subtask withForgottenIds(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, counterAndGuard());
        subtask.harness().setStateTtlProcessingTime(0);
        subtask.stepsOf(LongStream.range(0, IDS).toArray());
        assertThat(subtask.stateEntries()).isEqualTo(2 * IDS);
        subtask.harness().setStateTtlProcessingTime(TTL.toMillis() + 1);
        assertThat(subtask.stateEntries()).isEqualTo(2 * IDS);
        return subtask;
    }

    private static DropoutConfigBuilder counterAndGuard() {
        return counter().keyReuse(KeyReuse.COUNT).stepTtl(TTL);
    }

    private static DropoutConfigBuilder counter() {
        return builder().stepFrom(StepSource.COUNTER);
    }

    private static DropoutConfigBuilder builder() {
        return DropoutConfig.builder().rate(0.5).seed(42);
    }
}
