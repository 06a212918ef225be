package org.mydropout.flink;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
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
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Makes the golden savepoint of the operator, in Flink's canonical format, which is the same for
 * every state backend, and golden bytes of {@link FeatureVectorSerializer}, with the command
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain=org.mydropout.flink.GoldenStateFiles
 * }</pre>
 *
 * <p>Existing files are never overwritten, because the state of a released version must be
 * restorable for ever.
 */
final class GoldenStateFiles {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    static final Path SAVEPOINT = GOLDEN.resolve("savepoint-v1");
    static final Path METADATA = SAVEPOINT.resolve("_metadata");
    static final Path SNAPSHOT = GOLDEN.resolve("feature-vector-v1.snapshot");
    static final Path DATA = GOLDEN.resolve("feature-vector-v1.data");

    static final int MAX_PARALLELISM = 128;

    /** In the savepoint, id i has seen the steps 0 to i. */
    static final long IDS = 10;

    private static final List<Long> RECORD_IDS =
            LongStream.range(0, IDS)
                    .boxed()
                    .flatMap(id -> LongStream.rangeClosed(0, id).mapToObj(step -> id))
                    .toList();

    private static final AtomicInteger WRITTEN = new AtomicInteger();

    private GoldenStateFiles() {}

    public static void main(String[] arguments) throws Exception {
        for (Path made : List.of(METADATA, SNAPSHOT, DATA)) {
            if (Files.exists(made)) {
                throw new FileAlreadyExistsException(
                        made.toString(), null, "It must be deleted first");
            }
        }
        Files.createDirectories(SAVEPOINT);
        Files.copy(savepoint().resolve("_metadata"), METADATA);
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

    private static Path savepoint() throws Exception {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, false);
        env.configure(new Configuration().set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM));
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
        DropoutConfig config =
                DropoutConfig.builder()
                        .rate(TestPipelines.CONFIG.rate())
                        .seed(TestPipelines.CONFIG.seed())
                        .stepFrom(StepSource.COUNTER)
                        .keyReuse(KeyReuse.COUNT)
                        .build();
        lastVectors(dropout(inputs, config))
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
        String directory = Files.createTempDirectory("golden-savepoint").toUri().toString();
        return Path.of(
                URI.create(
                        job.stopWithSavepoint(false, directory, SavepointFormatType.CANONICAL)
                                .get(1, TimeUnit.MINUTES)));
    }

    static DataStream<FeatureVector> dropout(
            DataStream<FeatureVector> inputs, DropoutConfig config) {
        return inputs.keyBy(FeatureVector::id)
                .map(new DropoutMapFunction<>(config, FeatureVector.ACCESSOR))
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("dropout");
    }

    /** Emits for each vector the previous one of its id, and the first one itself. */
    static DataStream<FeatureVector> lastVectors(DataStream<FeatureVector> dropped) {
        return dropped.keyBy(FeatureVector::id)
                .map(new LastVector())
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("last-vector");
    }

    static FeatureVector input(long id) {
        return new FeatureVector(id, 0, new float[] {id + 1, id + 2, id + 3, id + 4});
    }

    /** Keeps vectors in state. */
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
