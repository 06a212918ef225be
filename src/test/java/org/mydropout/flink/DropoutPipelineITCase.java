package org.mydropout.flink;

import static org.apache.flink.api.common.RuntimeExecutionMode.BATCH;
import static org.apache.flink.api.common.RuntimeExecutionMode.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mydropout.flink.TestPipelines.CONFIG;
import static org.mydropout.flink.TestPipelines.collect;
import static org.mydropout.flink.TestPipelines.environment;
import static org.mydropout.flink.TestPipelines.expected;
import static org.mydropout.flink.TestPipelines.inputs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.flink.GoldenCase.GoldenRecord;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link DropoutMapFunction} in jobs on a cluster of two task managers. */
class DropoutPipelineITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private enum Exchange {
        CHAINED,
        SHUFFLED
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void equalsFlaxOnEveryGoldenRecord(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode, 2, false);
        Map<String, GoldenRecord> golden = new HashMap<>();
        List<DataStream<Sample>> outputs = new ArrayList<>();
        for (GoldenCase goldenCase : GoldenCase.all().toList()) {
            String uid = "case-" + outputs.size();
            List<Sample> inputs = new ArrayList<>();
            for (GoldenRecord goldenRecord : goldenCase.records()) {
                Sample input = goldenRecord.input();
                String label = uid + "/" + inputs.size();
                golden.put(label, goldenRecord);
                inputs.add(new Sample(input.id(), input.step(), input.values(), label));
            }
            outputs.add(
                    env.fromData(TypeInformation.of(Sample.class), inputs.toArray(Sample[]::new))
                            .uid(uid + "-source")
                            .keyBy(Sample::id)
                            .map(
                                    new DropoutMapFunction<>(
                                            goldenCase.config(), goldenCase.accessor()))
                            .uid(uid));
        }

        List<Sample> results = collect(outputs);

        assertThat(results)
                .extracting(Sample::label)
                .containsExactlyInAnyOrderElementsOf(golden.keySet());
        for (Sample result : results) {
            Sample expected = golden.get(result.label()).expected();
            assertThat(result.id()).isEqualTo(expected.id());
            assertThat(result.step()).isEqualTo(expected.step());
            assertThat(GoldenVectors.bits(result.values()))
                    .as(result.label())
                    .isEqualTo(GoldenVectors.bits(expected.values()));
        }
    }

    static List<Arguments> allWaysToRun() {
        List<Arguments> ways = new ArrayList<>();
        for (RuntimeExecutionMode mode : List.of(STREAMING, BATCH)) {
            for (int parallelism : new int[] {1, 2, 4}) {
                for (boolean objectReuse : new boolean[] {true, false}) {
                    for (Exchange exchange : Exchange.values()) {
                        ways.add(arguments(mode, parallelism, objectReuse, exchange));
                    }
                }
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("allWaysToRun")
    void givesOneAnswerHoweverItRuns(
            RuntimeExecutionMode mode, int parallelism, boolean objectReuse, Exchange exchange)
            throws Exception {
        StreamExecutionEnvironment env = environment(mode, parallelism, objectReuse);
        DataStream<FeatureVector> inputs = inputs(env);

        List<FeatureVector> results =
                collect(
                        List.of(
                                dropout(
                                        exchange == Exchange.SHUFFLED
                                                ? inputs.keyBy(FeatureVector::id)
                                                : inputs)));

        assertThat(results).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** With object reuse the three chained branches are handed the very same object in turn. */
    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void siblingBranchesSeeTheInputUnchanged(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode, 2, true);
        DataStream<FeatureVector> inputs = inputs(env);
        DataStream<FeatureVector> before = inputs.map(vector -> vector).uid("before");
        DataStream<FeatureVector> dropped = dropout(inputs);
        DataStream<FeatureVector> after = inputs.map(vector -> vector).uid("after");

        List<FeatureVector> results = collect(List.of(before, dropped, after));

        List<FeatureVector> expected = new ArrayList<>(expected());
        inputs().forEach(vector -> expected.addAll(List.of(vector, vector)));
        assertThat(results).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void countsTheRecordsOfEachId(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode, 4, false);
        DropoutConfig counting =
                DropoutConfig.builder().rate(0.5).seed(42).stepFrom(StepSource.COUNTER).build();

        List<FeatureVector> results =
                collect(
                        List.of(
                                inputs(env)
                                        .keyBy(FeatureVector::id)
                                        .map(
                                                new DropoutMapFunction<>(
                                                        counting, FeatureVector.ACCESSOR))
                                        .uid("dropout")));

        // Each id has its inputs numbered as they are; which of them has which number is open.
        assertThat(results)
                .extracting(vector -> List.of(vector.id(), vector.step()))
                .containsExactlyInAnyOrderElementsOf(
                        inputs().stream()
                                .map(vector -> List.of(vector.id(), vector.step()))
                                .toList());
    }

    @Test
    void failsWithASentenceWhenKeyByIsMissing() {
        StreamExecutionEnvironment env = environment(STREAMING, 2, false);
        DropoutConfig guarded =
                DropoutConfig.builder().rate(0.5).seed(42).keyReuse(KeyReuse.FAIL).build();
        DataStream<FeatureVector> dropped =
                inputs(env)
                        .map(new DropoutMapFunction<>(guarded, FeatureVector.ACCESSOR))
                        .uid("dropout");

        assertThatThrownBy(() -> collect(List.of(dropped)))
                .hasStackTraceContaining("The stream must be keyed by the id, with keyBy");
    }

    private static DataStream<FeatureVector> dropout(DataStream<FeatureVector> inputs) {
        return inputs.map(new DropoutMapFunction<>(CONFIG, FeatureVector.ACCESSOR)).uid("dropout");
    }
}
