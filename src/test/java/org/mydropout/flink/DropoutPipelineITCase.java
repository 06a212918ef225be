package org.mydropout.flink;

import static org.apache.flink.api.common.RuntimeExecutionMode.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.GoldenCase.GoldenRecord;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.testkit.ReplayCheck;

/** Tests for {@link DropoutMapFunction} in jobs on a cluster of two task managers. */
class DropoutPipelineITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private static final ReplayCheck<FeatureVector> REPLAY_CHECK =
            ReplayCheck.of(FeatureVectorTypeInfo.INSTANCE, inputs());

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
                            .map(new DropoutMapFunction<>(goldenCase.config(), Sample.ACCESSOR))
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

    /**
     * Runs behind a shuffle, and in a chain with three branches. With object reuse, the branches
     * receive the same object.
     */
    @Test
    void givesOneAnswerAndLeavesItsInputAloneHoweverItRuns() throws Exception {
        List<FeatureVector> results =
                REPLAY_CHECK.check(
                        inputs -> {
                            DataStream<FeatureVector> shared = inputs.map(v -> v).uid("shared");
                            return shared.map(v -> v)
                                    .uid("before")
                                    .union(
                                            dropout("chained", shared, CONFIG),
                                            shared.map(v -> v).uid("after"),
                                            dropout(
                                                    "shuffled",
                                                    shared.keyBy(FeatureVector::id),
                                                    CONFIG));
                        });

        List<FeatureVector> expected = new ArrayList<>();
        inputs().forEach(vector -> expected.addAll(List.of(vector, vector)));
        expected().forEach(vector -> expected.addAll(List.of(vector, vector)));
        assertThat(results).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The counter may number the records of an id in any order. */
    @Test
    void countsTheRecordsOfEachIdHoweverItRuns() throws Exception {
        DropoutConfig counting =
                DropoutConfig.builder().rate(0.5).seed(42).stepFrom(StepSource.COUNTER).build();

        List<FeatureVector> results =
                REPLAY_CHECK.check(
                        inputs ->
                                dropout("dropout", inputs.keyBy(FeatureVector::id), counting)
                                        .map(DropoutPipelineITCase::withoutValues)
                                        .uid("without-values"));

        assertThat(results)
                .containsExactlyInAnyOrderElementsOf(
                        inputs().stream().map(DropoutPipelineITCase::withoutValues).toList());
    }

    @Test
    void failsWithASentenceWhenKeyByIsMissing() {
        StreamExecutionEnvironment env = environment(STREAMING, 2, false);
        DropoutConfig guarded =
                DropoutConfig.builder().rate(0.5).seed(42).keyReuse(KeyReuse.FAIL).build();
        DataStream<FeatureVector> dropped = dropout("dropout", inputs(env), guarded);

        assertThatThrownBy(() -> collect(List.of(dropped)))
                .hasStackTraceContaining("The stream must be keyed by the id, with keyBy");
    }

    private static DataStream<FeatureVector> dropout(
            String uid, DataStream<FeatureVector> inputs, DropoutConfig config) {
        return inputs.map(new DropoutMapFunction<>(config, FeatureVector.ACCESSOR)).uid(uid);
    }

    private static FeatureVector withoutValues(FeatureVector vector) {
        return new FeatureVector(vector.id(), vector.step(), new float[0]);
    }
}
