package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.KeyedSubtasks.Backend;
import org.mydropout.flink.KeyedSubtasks.Subtask;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link KeyReuseGuard} in the keyed state of {@link DropoutMapFunction}. */
class KeyReuseGuardTest {

    @RegisterExtension private final KeyedSubtasks subtasks = new KeyedSubtasks();

    @ParameterizedTest
    @EnumSource
    void guardCountsStepsThatAreNotGreaterThanAllBefore(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, builder().keyReuse(KeyReuse.COUNT));

        // The second and third 3, the second 5 and the 4 are not greater than all steps before
        // them.
        for (long step : new long[] {1, 3, 3, 5, 3, 5, 4, 6}) {
            subtask.process(7, step);
        }
        subtask.process(8, 1);

        assertThat(subtask.function().metrics().keysReused()).isEqualTo(4);
        assertThat(subtask.function().metrics().records()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void guardFailsTheJob(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, builder().keyReuse(KeyReuse.FAIL));
        subtask.process(7, 3);
        subtask.process(7, 4);

        assertThatThrownBy(() -> subtask.process(7, 4))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(
                        "The step of a record must be greater than every earlier step of its id"
                                + " when dropout.key-reuse is fail, but id 7 came with step 4"
                                + " after step 4: the same key may have drawn a mask already.");
        assertThat(subtask.function().metrics().records()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void guardRemembersAcrossASnapshot(Backend backend) throws Exception {
        Subtask first = subtasks.open(backend, builder().keyReuse(KeyReuse.COUNT));
        first.process(7, 3);

        Subtask second =
                subtasks.restore(
                        backend,
                        builder().keyReuse(KeyReuse.COUNT),
                        first.harness().snapshot(1, 1));
        second.process(7, 3);
        second.process(8, 3);

        assertThat(second.function().metrics().keysReused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 9223372036854775807, 1",
        "9223372036854775807, -1, 0",
        "-2, -1, 0",
        "-1, -1, 1"
    })
    void guardComparesUint64StepsAsUnsigned(long first, long second, long reused) throws Exception {
        Subtask subtask =
                subtasks.open(
                        Backend.HEAP, builder().stepType(StepType.UINT64).keyReuse(KeyReuse.COUNT));
        subtask.process(7, first);
        subtask.process(7, second);

        assertThat(subtask.function().metrics().keysReused()).isEqualTo(reused);
    }

    /**
     * The counter starts at 0 when it restores a savepoint in which steps came from the records.
     */
    @Test
    void guardSeesThatACounterRepeatsTheStepsOfAnEarlierRun() throws Exception {
        Subtask first = subtasks.open(Backend.HEAP, builder().keyReuse(KeyReuse.COUNT));
        first.process(7, 1);

        Subtask second =
                subtasks.restore(
                        Backend.HEAP,
                        counter().keyReuse(KeyReuse.COUNT),
                        first.harness().snapshot(1, 1));

        assertThat(second.stepsOf(7, 7, 7)).containsExactly(0L, 1L, 2L);
        assertThat(second.function().metrics().keysReused()).isEqualTo(2);
    }

    private static DropoutConfigBuilder builder() {
        return DropoutConfig.builder().rate(0.5).seed(42);
    }

    private static DropoutConfigBuilder counter() {
        return builder().stepFrom(StepSource.COUNTER);
    }
}
