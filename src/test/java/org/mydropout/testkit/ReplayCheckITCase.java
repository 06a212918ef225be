package org.mydropout.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.FeatureVectorTypeInfo;
import org.mydropout.flink.StepSource;

/** Tests for {@link ReplayCheck}, and with it that the operator is replayable. */
class ReplayCheckITCase {

    private static final List<FeatureVector> INPUTS =
            LongStream.range(0, 60)
                    .mapToObj(i -> new FeatureVector(i % 7, i / 7, new float[] {i + 1, i + 2}))
                    .toList();

    private static final ReplayCheck<FeatureVector> CHECK =
            ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, INPUTS);

    @Test
    void dropoutWithTheStepOfTheRecordIsReplayable() throws Exception {
        CHECK.check(inputs -> dropout(inputs, StepSource.RECORD));
    }

    @Test
    void dropoutWithACounterIsNot() {
        assertThatThrownBy(() -> CHECK.check(inputs -> dropout(inputs, StepSource.COUNTER)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "The pipeline must put out the same records however it is run, but puts out"
                                + " 60 as STREAMING at parallelism 1, in order and 60 as STREAMING"
                                + " at parallelism 1, shuffled, after a failure. The first that"
                                + " differs is put out as ")
                .hasMessageContaining("FeatureVector[id=");
    }

    @Test
    void whatIsKeptOutsideOfStateIsFound() {
        assertThatThrownBy(
                        () ->
                                CHECK.check(
                                        inputs ->
                                                inputs.map(new ForgetfulCount())
                                                        .returns(FeatureVectorTypeInfo.INSTANCE)
                                                        .uid("forgetful")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("after a failure");
    }

    @Test
    void lostRecordsAreFound() {
        assertThatThrownBy(
                        () ->
                                CHECK.check(
                                        inputs ->
                                                inputs.filter(
                                                                vector ->
                                                                        Thread.currentThread()
                                                                                .getName()
                                                                                .contains("(1/1)"))
                                                        .uid("one-subtask")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "puts out 60 as STREAMING at parallelism 1, in order and 0 as");
    }

    @Test
    void tooFewInputsAreRefused() {
        assertThatThrownBy(
                        () -> ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, INPUTS.subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A replay check must have at least 2 inputs, but has 1.");
    }

    private static DataStream<FeatureVector> dropout(
            DataStream<FeatureVector> inputs, StepSource stepFrom) {
        return inputs.keyBy(FeatureVector::id)
                .map(
                        new DropoutMapFunction<>(
                                DropoutConfig.builder()
                                        .rate(0.5)
                                        .seed(42)
                                        .stepFrom(stepFrom)
                                        .build(),
                                FeatureVector.ACCESSOR))
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("dropout");
    }

    /** Numbers its inputs in a field, which a failure sets back. */
    private static final class ForgetfulCount
            implements org.apache.flink.api.common.functions.MapFunction<
                    FeatureVector, FeatureVector> {
        private static final long serialVersionUID = 1L;

        private long count;

        @Override
        public FeatureVector map(FeatureVector vector) {
            return new FeatureVector(0, count++, new float[0]);
        }
    }
}
