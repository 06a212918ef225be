package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that data of version 0.1.0 can be read: the state of the operator, and the bytes of {@link
 * FeatureVectorSerializer}. {@link GoldenStateFiles} made the files.
 */
class GoldenSavepointITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private static final long IDS = GoldenStateFiles.IDS;

    @ParameterizedTest
    @CsvSource({"hashmap, ", "rocksdb, ", "hashmap, P1D", "rocksdb, P1D"})
    void countsGoOnAndVectorsAreRead(String backend, @Nullable Duration ttl) throws Exception {
        DropoutConfigBuilder config = builder(ttl).stepFrom(StepSource.COUNTER);

        List<FeatureVector> last =
                TestPipelines.collect(
                        List.of(
                                GoldenStateFiles.lastVectors(
                                        restored(backend, config, oneOfEachId()))));
        assertThat(last)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, IDS).mapToObj(id -> expected(id, id)).toList());

        List<FeatureVector> next =
                TestPipelines.collect(List.of(restored(backend, config, oneOfEachId())));
        assertThat(next)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, IDS).mapToObj(id -> expected(id, id + 1)).toList());
    }

    @ParameterizedTest
    @CsvSource({"hashmap, ", "rocksdb, ", "hashmap, P1D", "rocksdb, P1D"})
    void guardRemembersTheGreatestStep(String backend, @Nullable Duration ttl) {
        DataStream<FeatureVector> repeated =
                restored(
                        backend,
                        builder(ttl).keyReuse(KeyReuse.FAIL),
                        new FeatureVector(9, 9, new float[] {1f}));

        assertThatThrownBy(() -> TestPipelines.collect(List.of(repeated)))
                .hasStackTraceContaining("but id 9 came with step 9 after step 9");
    }

    /** In a serializer snapshot, the version follows the name of the class. */
    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void unknownFormatVersionFailsTheJobForGood(String backend, @TempDir Path directory)
            throws IOException {
        byte[] name =
                FeatureVectorSerializerSnapshot.class.getName().getBytes(StandardCharsets.UTF_8);
        byte[] metadata = Files.readAllBytes(GoldenStateFiles.METADATA);
        int patched = 0;
        for (int end = name.length; end + Integer.BYTES <= metadata.length; end++) {
            if (Arrays.equals(metadata, end - name.length, end, name, 0, name.length)) {
                ByteBuffer.wrap(metadata).putInt(end, FeatureVectorSerializerSnapshot.VERSION + 1);
                patched++;
            }
        }
        assertThat(patched).isPositive();
        Files.write(directory.resolve("_metadata"), metadata);
        Configuration restarts =
                new Configuration()
                        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
                        .set(
                                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                                Duration.ZERO);
        DataStream<FeatureVector> last =
                GoldenStateFiles.lastVectors(
                        restored(
                                directory,
                                restarts.set(StateBackendOptions.STATE_BACKEND, backend),
                                builder(null).stepFrom(StepSource.COUNTER),
                                oneOfEachId()));

        assertThatThrownBy(() -> TestPipelines.collect(List.of(last)))
                .hasStackTraceContaining("The failure is not recoverable")
                .hasStackTraceContaining(
                        "The state holds FeatureVectors in format version 2, but this version of"
                                + " flink-mydropout reads version 1 only");
    }

    @Test
    void serializerIsRestoredFromItsSnapshotAndReadsItsData() throws Exception {
        TypeSerializerSnapshot<FeatureVector> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(Files.readAllBytes(GoldenStateFiles.SNAPSHOT)),
                        getClass().getClassLoader());
        assertThat(
                        new FeatureVectorSerializerSnapshot()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();

        DataInputDeserializer data =
                new DataInputDeserializer(Files.readAllBytes(GoldenStateFiles.DATA));
        for (FeatureVector expected : new FeatureVectorSerializerTest().getTestData()) {
            assertThat(snapshot.restoreSerializer().deserialize(data)).isEqualTo(expected);
        }
        assertThat(data.available()).isZero();
    }

    /** The operator, restored from the golden savepoint, with inputs of the test. */
    private static DataStream<FeatureVector> restored(
            String backend, DropoutConfigBuilder config, FeatureVector... inputs) {
        return restored(
                GoldenStateFiles.SAVEPOINT,
                new Configuration().set(StateBackendOptions.STATE_BACKEND, backend),
                config,
                inputs);
    }

    private static DataStream<FeatureVector> restored(
            Path savepoint,
            Configuration more,
            DropoutConfigBuilder config,
            FeatureVector... inputs) {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, false);
        env.configure(
                new Configuration()
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, true) // the inputs have no state
                        .set(PipelineOptions.MAX_PARALLELISM, GoldenStateFiles.MAX_PARALLELISM)
                        .set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString())
                        .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true));
        env.configure(more);
        return GoldenStateFiles.dropout(
                env.fromData(FeatureVectorTypeInfo.INSTANCE, inputs), config.build());
    }

    private static FeatureVector[] oneOfEachId() {
        return LongStream.range(0, IDS)
                .mapToObj(GoldenStateFiles::input)
                .toArray(FeatureVector[]::new);
    }

    private static DropoutConfigBuilder builder(@Nullable Duration ttl) {
        DropoutConfigBuilder builder =
                DropoutConfig.builder()
                        .rate(TestPipelines.CONFIG.rate())
                        .seed(TestPipelines.CONFIG.seed());
        return ttl == null ? builder : builder.stepTtl(ttl);
    }

    private static FeatureVector expected(long id, long step) {
        return TestPipelines.expected(
                new FeatureVector(id, step, GoldenStateFiles.input(id).values()));
    }
}
