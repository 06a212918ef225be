package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that state written by version 0.1.0 can be read: a savepoint in Flink's canonical format,
 * which is the same for every state backend, and what {@link FeatureVectorSerializer} writes. Once
 * released, these files are never written anew. They were made by
 *
 * <pre>{@code
 * mvn -q test-compile surefire:test -Dtest=GoldenSavepointITCase -Dgolden.write=true
 * }</pre>
 */
class GoldenSavepointITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path SAVEPOINT = GOLDEN.resolve("savepoint-v1");
    private static final Path SNAPSHOT = GOLDEN.resolve("feature-vector-v1.snapshot");
    private static final Path DATA = GOLDEN.resolve("feature-vector-v1.data");

    /** In the savepoint, id i has had the steps 0 to i. */
    private static final long IDS = 10;

    private static final List<Long> RECORD_IDS =
            LongStream.range(0, IDS)
                    .boxed()
                    .flatMap(id -> LongStream.rangeClosed(0, id).mapToObj(step -> id))
                    .toList();

    private static final AtomicInteger WRITTEN = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"hashmap, ", "rocksdb, ", "hashmap, 1 d", "rocksdb, 1 d"})
    void countsGoOnAndVectorsAreRead(String backend, String ttl) throws Exception {
        DropoutConfig.Builder config = counter();
        if (ttl != null) {
            config.stepTtl(Duration.ofDays(1));
        }
        StreamExecutionEnvironment env = restored(backend);
        DataStream<FeatureVector> inputs =
                env.fromData(
                        FeatureVectorTypeInfo.INSTANCE,
                        LongStream.range(0, IDS)
                                .mapToObj(GoldenSavepointITCase::input)
                                .toArray(FeatureVector[]::new));
        DataStream<FeatureVector> dropped = dropout(inputs, config);

        List<FeatureVector> last = TestPipelines.collect(List.of(lastVectors(dropped)));

        assertThat(last)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, IDS).mapToObj(id -> expected(id, id)).toList());
        StreamExecutionEnvironment again = restored(backend);
        List<FeatureVector> next =
                TestPipelines.collect(
                        List.of(
                                dropout(
                                        again.fromData(
                                                FeatureVectorTypeInfo.INSTANCE,
                                                LongStream.range(0, IDS)
                                                        .mapToObj(GoldenSavepointITCase::input)
                                                        .toArray(FeatureVector[]::new)),
                                        config)));
        assertThat(next)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, IDS).mapToObj(id -> expected(id, id + 1)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void guardRemembersTheGreatestStep(String backend) {
        StreamExecutionEnvironment env = restored(backend);
        DataStream<FeatureVector> repeated =
                dropout(
                        env.fromData(
                                FeatureVectorTypeInfo.INSTANCE,
                                new FeatureVector(9, 9, new float[] {1f})),
                        builder().keyReuse(KeyReuse.FAIL));

        assertThatThrownBy(() -> TestPipelines.collect(List.of(repeated)))
                .hasStackTraceContaining("but id 9 came with step 9 after step 9");
    }

    @Test
    void noStateWentThroughKryo() throws Exception {
        assertThat(Files.readString(SAVEPOINT.resolve("_metadata"), StandardCharsets.ISO_8859_1))
                .contains(FeatureVectorSerializerSnapshot.class.getName())
                .contains(DropoutMapFunction.STEP_STATE, DropoutMapFunction.LAST_STEP_STATE)
                .doesNotContainIgnoringCase("kryo");
    }

    @Test
    void serializerIsRestoredFromItsSnapshotAndReadsItsData() throws Exception {
        TypeSerializerSnapshot<FeatureVector> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(Files.readAllBytes(SNAPSHOT)),
                        getClass().getClassLoader());
        assertThat(
                        new FeatureVectorSerializerSnapshot()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();

        DataInputDeserializer data = new DataInputDeserializer(Files.readAllBytes(DATA));
        for (FeatureVector expected : new FeatureVectorSerializerTest().getTestData()) {
            assertThat(snapshot.restoreSerializer().deserialize(data)).isEqualTo(expected);
        }
        assertThat(data.available()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "golden.write", matches = "true")
    void writeGoldenFiles() throws Exception {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, false);
        env.configure(new Configuration().set(PipelineOptions.MAX_PARALLELISM, 128));
        WRITTEN.set(0);
        DataGeneratorSource<FeatureVector> source =
                new DataGeneratorSource<>(
                        index -> input(RECORD_IDS.get(index.intValue())),
                        RECORD_IDS.size() + 1L,
                        parallelism -> new HoldLast<>(RECORD_IDS.size()),
                        FeatureVectorTypeInfo.INSTANCE);
        DataStream<FeatureVector> inputs =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "generator")
                        .uid("generator")
                        .setParallelism(1);
        lastVectors(dropout(inputs, counter().keyReuse(KeyReuse.COUNT)))
                .map(
                        vector -> {
                            WRITTEN.incrementAndGet();
                            return vector;
                        })
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("written")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        JobClient job = env.executeAsync();
        await().atMost(Duration.ofMinutes(1)).until(() -> WRITTEN.get() == RECORD_IDS.size());
        Path directory = Files.createTempDirectory("golden-savepoint");
        String path =
                job.stopWithSavepoint(
                                false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(1, TimeUnit.MINUTES);
        Files.createDirectories(SAVEPOINT);
        Files.copy(
                Path.of(java.net.URI.create(path)).resolve("_metadata"),
                SAVEPOINT.resolve("_metadata"));
        DataOutputSerializer snapshot = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                snapshot, new FeatureVectorSerializer().snapshotConfiguration());
        Files.write(SNAPSHOT, snapshot.getCopyOfBuffer());
        DataOutputSerializer data = new DataOutputSerializer(64);
        for (FeatureVector vector : new FeatureVectorSerializerTest().getTestData()) {
            new FeatureVectorSerializer().serialize(vector, data);
        }
        Files.write(DATA, data.getCopyOfBuffer());
    }

    private static StreamExecutionEnvironment restored(String backend) {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, false);
        env.configure(
                new Configuration()
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, true) // the inputs have no state
                        .set(PipelineOptions.MAX_PARALLELISM, 128)
                        .set(StateBackendOptions.STATE_BACKEND, backend)
                        .set(
                                StateRecoveryOptions.SAVEPOINT_PATH,
                                SAVEPOINT.toAbsolutePath().toUri().toString())
                        .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true));
        return env;
    }

    private static DataStream<FeatureVector> dropout(
            DataStream<FeatureVector> inputs, DropoutConfig.Builder config) {
        return inputs.keyBy(FeatureVector::id)
                .map(new DropoutMapFunction<>(config.build(), FeatureVector.ACCESSOR))
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("dropout");
    }

    private static DataStream<FeatureVector> lastVectors(DataStream<FeatureVector> dropped) {
        return dropped.keyBy(FeatureVector::id)
                .map(new LastVector())
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("last-vector");
    }

    private static DropoutConfig.Builder builder() {
        return DropoutConfig.builder()
                .rate(TestPipelines.CONFIG.rate())
                .seed(TestPipelines.CONFIG.seed());
    }

    private static DropoutConfig.Builder counter() {
        return builder().stepFrom(StepSource.COUNTER);
    }

    private static FeatureVector input(long id) {
        return new FeatureVector(id, 0, new float[] {id + 1, id + 2, id + 3, id + 4});
    }

    private static FeatureVector expected(long id, long step) {
        return TestPipelines.expected(new FeatureVector(id, step, input(id).values()));
    }

    /** Puts out the vector before, the first one itself, so that vectors are in a state. */
    private static final class LastVector extends RichMapFunction<FeatureVector, FeatureVector> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<FeatureVector> last;

        @Override
        public void open(OpenContext context) {
            last =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "last", FeatureVectorTypeInfo.INSTANCE));
        }

        @Override
        public FeatureVector map(FeatureVector vector) throws Exception {
            FeatureVector before = last.value();
            last.update(vector);
            return before == null ? vector : before;
        }
    }
}
