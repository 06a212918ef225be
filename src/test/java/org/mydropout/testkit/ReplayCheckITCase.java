package org.mydropout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.FeatureVectorTypeInfo;
import org.mydropout.flink.StepSource;
import org.mydropout.testkit.ReplayCheck.Pipeline;

/**
 * Tests that {@link ReplayCheck} finds each cause of a difference and distinguishes it from the
 * others.
 */
class ReplayCheckITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final List<FeatureVector> INPUTS =
            LongStream.range(0, 60)
                    .mapToObj(i -> new FeatureVector(i % 7, i / 7, new float[] {i + 1, i + 2}))
                    .toList();

    private static final ReplayCheck<FeatureVector> CHECK =
            ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, INPUTS);

    /**
     * @param run the first run that differs from {@code STREAMING, parallelism 1}
     */
    private record NotReplayable(String run, Pipeline<FeatureVector, FeatureVector> pipeline) {
        @Override
        public String toString() {
            return run;
        }
    }

    @Test
    void givesTheRecordsOfAReplayablePipelineOfFewInputs() throws Exception {
        List<FeatureVector> two = INPUTS.subList(0, 2);

        assertThat(
                        ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, two)
                                .check(inputs -> map("same", inputs, v -> v)))
                .isEqualTo(two);
    }

    static Stream<NotReplayable> notReplayable() {
        return Stream.of(
                new NotReplayable(
                        "STREAMING, parallelism 1, run again",
                        inputs -> map("count", inputs, new StaticCount())),
                new NotReplayable(
                        "STREAMING, parallelism 1, shuffled arrival",
                        inputs -> map("dropout", inputs.keyBy(FeatureVector::id), counting())),
                new NotReplayable(
                        "STREAMING, parallelism 1, object reuse", ReplayCheckITCase::writtenTo),
                new NotReplayable(
                        "STREAMING, parallelism 1, RocksDB",
                        inputs ->
                                map(
                                        "count",
                                        inputs.keyBy(FeatureVector::id),
                                        new StateNotUpdated())),
                new NotReplayable(
                        "STREAMING, parallelism 1, one failure",
                        inputs -> map("count", inputs, new CountOutsideOfState())),
                new NotReplayable(
                        "STREAMING, parallelism 2",
                        inputs -> inputs.filter(new FirstSubtask()).uid("first-subtask")),
                new NotReplayable(
                        "STREAMING, parallelism 4",
                        inputs -> inputs.filter(new FirstSubtasks()).uid("first-subtasks")),
                new NotReplayable("BATCH, parallelism 1", ReplayCheckITCase::rollingSum),
                new NotReplayable(
                        "BATCH, parallelism 4, shuffled arrival, object reuse",
                        inputs ->
                                inputs.filter(new FirstSubtasksWithObjectReuse())
                                        .uid("first-subtasks")),
                new NotReplayable(
                        "STREAMING, parallelism 4, shuffled arrival, object reuse, RocksDB, one"
                                + " failure",
                        inputs ->
                                inputs.filter(new FirstSubtasksAfterAFailure())
                                        .uid("first-subtasks")));
    }

    @ParameterizedTest
    @MethodSource
    void notReplayable(NotReplayable broken) {
        assertThatThrownBy(() -> CHECK.check(broken.pipeline))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("\nSTREAMING, parallelism 1: ")
                .hasMessageContaining("\n" + broken.run + ": ");
    }

    @Test
    void showsTheFirstRecordThatDiffers() {
        assertThatThrownBy(
                        () ->
                                CHECK.check(
                                        inputs -> map("count", inputs, new CountOutsideOfState())))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        The pipeline must give the same records however it is run, but two runs \
                        differ.
                        STREAMING, parallelism 1: 60 records; sorted, the first that differs is \
                        number 2, FeatureVector[id=0, step=1, values=[]]
                        STREAMING, parallelism 1, one failure: 60 records; sorted, the first that \
                        differs is number 2, FeatureVector[id=0, step=0, values=[]]""");
    }

    @Test
    void noRecordsProveNothing() {
        assertThatThrownBy(() -> CHECK.check(inputs -> inputs.filter(v -> false).uid("none")))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "The pipeline must give records, or the check proves nothing, but gives"
                                + " none in the run STREAMING, parallelism 1.");
    }

    @Test
    void genericTypesAreRefused() {
        assertThatThrownBy(
                        () ->
                                CHECK.check(
                                        inputs ->
                                                inputs.map(v -> v)
                                                        .returns(
                                                                new GenericTypeInfo<>(
                                                                        FeatureVector.class))
                                                        .uid("generic")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void tooFewInputsAreRefused() {
        assertThatThrownBy(
                        () -> ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, INPUTS.subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A replay check must have at least 2 inputs, but has 1.");
    }

    private static DataStream<FeatureVector> map(
            String uid,
            DataStream<FeatureVector> inputs,
            MapFunction<FeatureVector, FeatureVector> function) {
        return inputs.map(function).returns(FeatureVectorTypeInfo.INSTANCE).uid(uid);
    }

    private static DropoutMapFunction<FeatureVector> counting() {
        return new DropoutMapFunction<>(
                DropoutConfig.builder().rate(0.5).seed(42).stepFrom(StepSource.COUNTER).build(),
                FeatureVector.ACCESSOR);
    }

    /** Three branches in one chain. The second writes to the records that the others read. */
    private static DataStream<FeatureVector> writtenTo(DataStream<FeatureVector> inputs) {
        DataStream<FeatureVector> shared = map("shared", inputs, v -> v);
        return map("before", shared, v -> v)
                .union(
                        map(
                                "write",
                                shared,
                                v -> {
                                    v.values()[0] = 0;
                                    return v;
                                }),
                        map("after", shared, v -> v));
    }

    /** A stream gives a sum for each input, a batch only the last sum. */
    private static DataStream<FeatureVector> rollingSum(DataStream<FeatureVector> inputs) {
        return map("one", inputs, v -> new FeatureVector(0, 1, new float[0]))
                .keyBy(FeatureVector::id)
                .reduce((a, b) -> new FeatureVector(0, a.step() + b.step(), new float[0]))
                .uid("sum");
    }

    /** Numbers all records that this JVM has seen. */
    private static final class StaticCount implements MapFunction<FeatureVector, FeatureVector> {
        private static final long serialVersionUID = 1L;
        private static final AtomicLong COUNT = new AtomicLong();

        @Override
        public FeatureVector map(FeatureVector vector) {
            return new FeatureVector(0, COUNT.getAndIncrement(), new float[0]);
        }
    }

    /** Numbers its inputs in a field, which a failure resets. */
    private static final class CountOutsideOfState
            implements MapFunction<FeatureVector, FeatureVector> {
        private static final long serialVersionUID = 1L;
        private long count;

        @Override
        public FeatureVector map(FeatureVector vector) {
            return new FeatureVector(0, count++, new float[0]);
        }
    }

    /**
     * Numbers the inputs of an id in an object that only the heap backend shares with the state.
     */
    private static final class StateNotUpdated
            extends RichMapFunction<FeatureVector, FeatureVector> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<long[]> state;

        @Override
        public void open(OpenContext context) {
            state =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "count",
                                            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        }

        @Override
        public FeatureVector map(FeatureVector vector) throws Exception {
            if (state.value() == null) {
                state.update(new long[1]);
            }
            return new FeatureVector(vector.id(), state.value()[0]++, new float[0]);
        }
    }

    private static final class FirstSubtask extends RichFilterFunction<FeatureVector> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(FeatureVector vector) {
            return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        }
    }

    /** Loses inputs at a parallelism above 2. */
    private static class FirstSubtasks extends RichFilterFunction<FeatureVector> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(FeatureVector vector) {
            return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() < 2;
        }
    }

    private static final class FirstSubtasksWithObjectReuse extends FirstSubtasks {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(FeatureVector vector) {
            return !getRuntimeContext().isObjectReuseEnabled() || super.filter(vector);
        }
    }

    private static final class FirstSubtasksAfterAFailure extends FirstSubtasks {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(FeatureVector vector) {
            return getRuntimeContext().getTaskInfo().getAttemptNumber() == 0
                    || super.filter(vector);
        }
    }
}
