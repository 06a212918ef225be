package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for the keyed state of {@link DropoutMapFunction}: the step counter and the guard. */
class DropoutStateTest {

    private static final int MAX_PARALLELISM = 16;

    private final List<Subtask> opened = new ArrayList<>();

    private enum Backend {
        HEAP,
        ROCKSDB;

        StateBackend create() {
            return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (Subtask subtask : opened) {
            subtask.harness.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void counterNumbersTheRecordsOfEachId(Backend backend) throws Exception {
        Subtask subtask = open(backend, counter());

        assertThat(subtask.stepsOf(7, 8, 7, 7, 9, 8)).containsExactly(0L, 0L, 1L, 2L, 0L, 1L);
    }

    @ParameterizedTest
    @EnumSource
    void counterGoesOnWhereTheSnapshotStopped(Backend backend) throws Exception {
        Subtask first = open(backend, counter());
        first.stepsOf(7, 7, 8);
        OperatorSubtaskState snapshot = first.harness.snapshot(1, 1);
        first.stepsOf(7, 7, 7);

        assertThat(restore(backend, counter(), snapshot).stepsOf(7, 8, 9))
                .containsExactly(2L, 1L, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void counterGoesOnForEveryIdAtAnotherParallelism(Backend backend) throws Exception {
        long[] ids = LongStream.range(0, 50).toArray();
        Subtask one = open(backend, counter());
        one.stepsOf(ids);
        one.stepsOf(ids);

        List<OperatorSubtaskState> halves = new ArrayList<>();
        OperatorSubtaskState snapshot = one.harness.snapshot(1, 1);
        for (int index = 0; index < 2; index++) {
            Subtask half = restore(backend, counter(), snapshot, 1, 2, index);
            long[] own = half.ownOf(ids);
            assertThat(own).isNotEmpty();
            assertThat(half.stepsOf(own)).hasSize(own.length).containsOnly(2L);
            halves.add(half.harness.snapshot(2, 2));
        }
        Subtask again =
                restore(
                        backend,
                        counter(),
                        AbstractStreamOperatorTestHarness.repackageState(
                                halves.toArray(OperatorSubtaskState[]::new)),
                        2,
                        1,
                        0);

        assertThat(again.stepsOf(ids)).hasSize(50).containsOnly(3L);
    }

    @ParameterizedTest
    @EnumSource
    void forgottenIdsAreCountedFromZeroAgain(Backend backend) throws Exception {
        Subtask subtask = open(backend, counter().stepTtl(Duration.ofMillis(100)));
        subtask.harness.setStateTtlProcessingTime(0);
        FeatureVector first = subtask.process(7, 0);
        subtask.stepsOf(8);
        subtask.harness.setStateTtlProcessingTime(60);
        assertThat(subtask.stepsOf(8)).containsExactly(1L);
        subtask.harness.setStateTtlProcessingTime(120);

        assertThat(subtask.process(7, 0)).isEqualTo(first);
        assertThat(subtask.stepsOf(8)).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource
    void ttlMayBeSwitchedOnOverASnapshotWithoutIt(Backend backend) throws Exception {
        Subtask without = open(backend, counter());
        without.stepsOf(7, 7);

        Subtask with =
                restore(
                        backend,
                        counter().stepTtl(Duration.ofDays(1)),
                        without.harness.snapshot(1, 1));

        assertThat(with.stepsOf(7)).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource
    void guardCountsStepsThatAreNotGreaterThanAllBefore(Backend backend) throws Exception {
        Subtask subtask = open(backend, builder().keyReuse(KeyReuse.COUNT));

        // Of these, 3 (twice), 5 and 4 do not exceed the greatest before them.
        for (long step : new long[] {1, 3, 3, 5, 3, 5, 4, 6}) {
            subtask.process(7, step);
        }
        subtask.process(8, 1);

        assertThat(subtask.function.metrics().keysReused()).isEqualTo(4);
        assertThat(subtask.function.metrics().records()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void guardFailsTheJob(Backend backend) throws Exception {
        Subtask subtask = open(backend, builder().keyReuse(KeyReuse.FAIL));
        subtask.process(7, 3);
        subtask.process(7, 4);

        assertThatThrownBy(() -> subtask.process(7, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The step of a record must be greater than every earlier step of its id"
                                + " when dropout.key-reuse is fail, but id 7 came with step 4"
                                + " after step 4: the same key may have drawn a mask already.");
        assertThat(subtask.function.metrics().records()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void guardRemembersAcrossASnapshot(Backend backend) throws Exception {
        Subtask first = open(backend, builder().keyReuse(KeyReuse.COUNT));
        first.process(7, 3);

        Subtask second =
                restore(backend, builder().keyReuse(KeyReuse.COUNT), first.harness.snapshot(1, 1));
        second.process(7, 3);
        second.process(8, 3);

        assertThat(second.function.metrics().keysReused()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void guardForgetsIdleIdsOnly(Backend backend) throws Exception {
        Subtask subtask =
                open(backend, builder().keyReuse(KeyReuse.COUNT).stepTtl(Duration.ofMillis(100)));
        subtask.harness.setStateTtlProcessingTime(0);
        subtask.process(7, 3);
        subtask.process(8, 3);
        subtask.harness.setStateTtlProcessingTime(60);
        subtask.process(8, 3);
        assertThat(subtask.function.metrics().keysReused()).isEqualTo(1);
        subtask.harness.setStateTtlProcessingTime(120);

        subtask.process(7, 3);
        assertThat(subtask.function.metrics().keysReused()).isEqualTo(1);
        subtask.process(8, 3);
        assertThat(subtask.function.metrics().keysReused()).isEqualTo(2);
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
                open(Backend.HEAP, builder().stepType(StepType.UINT64).keyReuse(KeyReuse.COUNT));
        subtask.process(7, first);
        subtask.process(7, second);

        assertThat(subtask.function.metrics().keysReused()).isEqualTo(reused);
    }

    /** The counter starts at 0 over a savepoint in which steps came from the records. */
    @Test
    void guardSeesThatACounterRepeatsTheStepsOfAnEarlierRun() throws Exception {
        Subtask first = open(Backend.HEAP, builder().keyReuse(KeyReuse.COUNT));
        first.process(7, 1);

        Subtask second =
                restore(
                        Backend.HEAP,
                        counter().keyReuse(KeyReuse.COUNT),
                        first.harness.snapshot(1, 1));

        assertThat(second.stepsOf(7, 7, 7)).containsExactly(0L, 1L, 2L);
        assertThat(second.function.metrics().keysReused()).isEqualTo(2);
    }

    @Test
    void keepsNoStateWithoutCounterAndGuard() throws Exception {
        Subtask subtask = open(Backend.HEAP, builder());
        subtask.stepsOf(7, 8, 9);

        assertThat(subtask.harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void countsWhenDropoutIsNotApplied() throws Exception {
        Subtask subtask = open(Backend.HEAP, counter().deterministic(true));

        assertThat(subtask.stepsOf(7, 7, 8)).containsExactly(0L, 1L, 0L);
    }

    /**
     * Two inputs of one id arrive in one order and in the other: the counter pairs them with other
     * steps. With the steps that the output carries, any order gives the output again.
     */
    @Test
    void counterIsNotReplayableAcrossArrivalOrdersButItsOutputIs() throws Exception {
        FeatureVector a = new FeatureVector(7, 0, values(1));
        FeatureVector b = new FeatureVector(7, 0, values(100));

        List<FeatureVector> inOrder = open(Backend.HEAP, counter()).process(a, b);
        List<FeatureVector> inReverse = open(Backend.HEAP, counter()).process(b, a);

        assertThat(inOrder.get(0)).isNotEqualTo(inReverse.get(1));
        assertThat(inOrder.get(1)).isNotEqualTo(inReverse.get(0));
        assertThat(inOrder).extracting(FeatureVector::step).containsExactly(0L, 1L);
        assertThat(inReverse).extracting(FeatureVector::step).containsExactly(0L, 1L);

        FeatureVector aAgain = new FeatureVector(7, inReverse.get(1).step(), a.values());
        FeatureVector bAgain = new FeatureVector(7, inReverse.get(0).step(), b.values());
        assertThat(open(Backend.HEAP, builder()).process(aAgain, bAgain))
                .containsExactly(inReverse.get(1), inReverse.get(0));
    }

    private static DropoutConfig.Builder builder() {
        return DropoutConfig.builder().rate(0.5).seed(42);
    }

    private static DropoutConfig.Builder counter() {
        return builder().stepFrom(StepSource.COUNTER);
    }

    private static float[] values(float first) {
        float[] values = new float[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i;
        }
        return values;
    }

    private Subtask open(Backend backend, DropoutConfig.Builder config) throws Exception {
        return restore(backend, config, OperatorSubtaskState.builder().build());
    }

    private Subtask restore(
            Backend backend, DropoutConfig.Builder config, OperatorSubtaskState snapshot)
            throws Exception {
        return restore(backend, config, snapshot, 1, 1, 0);
    }

    private Subtask restore(
            Backend backend,
            DropoutConfig.Builder config,
            OperatorSubtaskState snapshot,
            int oldParallelism,
            int parallelism,
            int index)
            throws Exception {
        DropoutMapFunction<FeatureVector> function =
                new DropoutMapFunction<>(config.build(), FeatureVector.ACCESSOR);
        KeyedOneInputStreamOperatorTestHarness<Long, FeatureVector, FeatureVector> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new StreamMap<>(function),
                        FeatureVector::id,
                        Types.LONG,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        Subtask subtask = new Subtask(function, harness, parallelism, index);
        opened.add(subtask);
        harness.setStateBackend(backend.create());
        harness.setup(new FeatureVectorSerializer());
        harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        snapshot, MAX_PARALLELISM, oldParallelism, parallelism, index));
        harness.open();
        return subtask;
    }

    private record Subtask(
            DropoutMapFunction<FeatureVector> function,
            KeyedOneInputStreamOperatorTestHarness<Long, FeatureVector, FeatureVector> harness,
            int parallelism,
            int index) {

        List<FeatureVector> process(FeatureVector... vectors) throws Exception {
            harness.getOutput().clear();
            for (FeatureVector vector : vectors) {
                harness.processElement(vector, 0);
            }
            return harness.extractOutputValues();
        }

        FeatureVector process(long id, long step) throws Exception {
            return process(new FeatureVector(id, step, values(1))).get(0);
        }

        /** The steps with which records of these ids are put out, one after the other. */
        List<Long> stepsOf(long... ids) throws Exception {
            return process(
                            LongStream.of(ids)
                                    .mapToObj(id -> new FeatureVector(id, 0, values(1)))
                                    .toArray(FeatureVector[]::new))
                    .stream()
                    .map(FeatureVector::step)
                    .toList();
        }

        /** Those of the ids whose keys belong to this subtask. */
        long[] ownOf(long... ids) {
            return LongStream.of(ids)
                    .filter(
                            id ->
                                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                    id, MAX_PARALLELISM, parallelism)
                                            == index)
                    .toArray();
        }
    }
}
