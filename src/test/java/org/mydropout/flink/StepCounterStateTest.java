package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.flink.KeyedSubtasks.values;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.KeyedSubtasks.Backend;
import org.mydropout.flink.KeyedSubtasks.Subtask;

/** Tests for {@link StepCounter} in the keyed state of {@link DropoutMapFunction}. */
class StepCounterStateTest {

    @RegisterExtension private final KeyedSubtasks subtasks = new KeyedSubtasks();

    @ParameterizedTest
    @EnumSource
    void counterNumbersTheRecordsOfEachId(Backend backend) throws Exception {
        Subtask subtask = subtasks.open(backend, counter());

        assertThat(subtask.stepsOf(7, 8, 7, 7, 9, 8)).containsExactly(0L, 0L, 1L, 2L, 0L, 1L);
    }

    @ParameterizedTest
    @EnumSource
    void counterGoesOnWhereTheSnapshotStopped(Backend backend) throws Exception {
        Subtask first = subtasks.open(backend, counter());
        first.stepsOf(7, 7, 8);
        OperatorSubtaskState snapshot = first.harness().snapshot(1, 1);
        first.stepsOf(7, 7, 7);

        assertThat(subtasks.restore(backend, counter(), snapshot).stepsOf(7, 8, 9))
                .containsExactly(2L, 1L, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void counterGoesOnForEveryIdAtAnotherParallelism(Backend backend) throws Exception {
        long[] ids = LongStream.range(0, 50).toArray();
        Subtask one = subtasks.open(backend, counter());
        one.stepsOf(ids);
        one.stepsOf(ids);

        List<OperatorSubtaskState> halves = new ArrayList<>();
        OperatorSubtaskState snapshot = one.harness().snapshot(1, 1);
        for (int index = 0; index < 2; index++) {
            Subtask half = subtasks.restore(backend, counter(), snapshot, 1, 2, index);
            long[] own = half.ownOf(ids);
            assertThat(own).isNotEmpty();
            assertThat(half.stepsOf(own)).hasSize(own.length).containsOnly(2L);
            halves.add(half.harness().snapshot(2, 2));
        }
        Subtask again =
                subtasks.restore(
                        backend,
                        counter(),
                        AbstractStreamOperatorTestHarness.repackageState(
                                halves.toArray(OperatorSubtaskState[]::new)),
                        2,
                        1,
                        0);

        assertThat(again.stepsOf(ids)).hasSize(50).containsOnly(3L);
    }

    @Test
    void keepsNoStateWithoutCounterAndGuard() throws Exception {
        Subtask subtask = subtasks.open(Backend.HEAP, builder());
        subtask.stepsOf(7, 8, 9);

        assertThat(subtask.stateEntries()).isZero();
    }

    @Test
    void countsWhenDropoutIsNotApplied() throws Exception {
        Subtask subtask = subtasks.open(Backend.HEAP, counter().deterministic(true));

        assertThat(subtask.stepsOf(7, 7, 8)).containsExactly(0L, 1L, 0L);
    }

    /**
     * Two inputs of one id arrive in both orders, and the counter gives them different steps. With
     * the steps that the output carries, any order gives the output again.
     */
    @Test
    void counterIsNotReplayableAcrossArrivalOrdersButItsOutputIs() throws Exception {
        FeatureVector a = new FeatureVector(7, 0, values(1));
        FeatureVector b = new FeatureVector(7, 0, values(100));

        List<FeatureVector> inOrder = subtasks.open(Backend.HEAP, counter()).process(a, b);
        List<FeatureVector> inReverse = subtasks.open(Backend.HEAP, counter()).process(b, a);

        assertThat(inOrder.get(0)).isNotEqualTo(inReverse.get(1));
        assertThat(inOrder.get(1)).isNotEqualTo(inReverse.get(0));
        assertThat(inOrder).extracting(FeatureVector::step).containsExactly(0L, 1L);
        assertThat(inReverse).extracting(FeatureVector::step).containsExactly(0L, 1L);

        FeatureVector aAgain = new FeatureVector(7, inReverse.get(1).step(), a.values());
        FeatureVector bAgain = new FeatureVector(7, inReverse.get(0).step(), b.values());
        assertThat(subtasks.open(Backend.HEAP, builder()).process(aAgain, bAgain))
                .containsExactly(inReverse.get(1), inReverse.get(0));
    }

    private static DropoutConfigBuilder builder() {
        return DropoutConfig.builder().rate(0.5).seed(42);
    }

    private static DropoutConfigBuilder counter() {
        return builder().stepFrom(StepSource.COUNTER);
    }
}
