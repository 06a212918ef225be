package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests for the step counter on RocksDB, under back-pressure and with many ids. */
class PressureITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /**
     * How many ids the state is measured with. For millions, with the result on the console:
     *
     * <pre>{@code
     * mvn -q test-compile surefire:test -Dtest=PressureITCase#stateOfAnIdIsSmall -Dids=2000000
     * }</pre>
     */
    private static final int IDS = Integer.getInteger("ids", 50_000);

    private static final AtomicLong READ = new AtomicLong();
    private static final AtomicLong WRITTEN = new AtomicLong();
    private static final AtomicLong CHECKPOINTS = new AtomicLong();

    @TempDir private Path directory;

    private JobClient job;

    @BeforeEach
    void reset() {
        READ.set(0);
        WRITTEN.set(0);
        CHECKPOINTS.set(0);
    }

    @AfterEach
    void cancel() throws Exception {
        if (!job.getJobStatus().get(1, TimeUnit.MINUTES).isGloballyTerminalState()) {
            job.cancel().get(1, TimeUnit.MINUTES);
        }
    }

    /** The source could give millions of records a second, all of one id; the sink takes few. */
    @Test
    void checkpointsCompleteBehindASlowSinkAndAHotId() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.configure(
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100)));
        job = run(env, Long.MAX_VALUE, index -> vector(7), Duration.ofNanos(100_000));

        await().atMost(DEADLINE).until(() -> CHECKPOINTS.get() >= 3);

        assertThat(WRITTEN).hasPositiveValue();
        // What is on its way is bounded by Flink's network buffers: here some 32 KiB each.
        assertThat(READ.get() - WRITTEN.get()).isLessThan(100_000);
    }

    @Test
    void stateOfAnIdIsSmall() throws Exception {
        job = run(environment(), IDS + 1L, PressureITCase::vector, Duration.ZERO);
        await().atMost(DEADLINE).until(() -> WRITTEN.get() == IDS);

        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.NATIVE)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        double bytesPerId = (double) size(directory) / IDS;
        System.out.printf("%,d ids: %.1f bytes of RocksDB files per id%n", IDS, bytesPerId);
        assertThat(bytesPerId).isBetween(1.0, 100.0);
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, true);
        env.configure(new Configuration().set(StateBackendOptions.STATE_BACKEND, "rocksdb"));
        return env;
    }

    /** Starts a job; the last record of the source never comes. */
    private static JobClient run(
            StreamExecutionEnvironment env,
            long count,
            GeneratorFunction<Long, FeatureVector> inputs,
            Duration timePerRecord)
            throws Exception {
        env.fromSource(
                        new DataGeneratorSource<>(
                                inputs, count, holdLast(count), FeatureVectorTypeInfo.INSTANCE),
                        WatermarkStrategy.noWatermarks(),
                        "inputs")
                .uid("inputs")
                .setParallelism(1)
                .map(
                        vector -> {
                            READ.incrementAndGet();
                            return vector;
                        })
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("read")
                .setParallelism(1)
                .keyBy(FeatureVector::id)
                .map(
                        new DropoutMapFunction<>(
                                DropoutConfig.builder()
                                        .rate(0.5)
                                        .seed(42)
                                        .stepFrom(StepSource.COUNTER)
                                        .build(),
                                FeatureVector.ACCESSOR))
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("dropout")
                .rebalance()
                .map(new Written(timePerRecord.toNanos()))
                .returns(FeatureVectorTypeInfo.INSTANCE)
                .uid("written")
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .uid("discard")
                .setParallelism(1);
        return env.executeAsync();
    }

    private static <S extends org.apache.flink.api.connector.source.SourceSplit>
            RateLimiterStrategy<S> holdLast(long count) {
        return readers -> new HoldLast<>(count - 1);
    }

    private static FeatureVector vector(long id) {
        return new FeatureVector(id, 0, new float[] {1f, 2f});
    }

    private static long size(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(
                            file -> {
                                try {
                                    return Files.size(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            })
                    .sum();
        }
    }

    /** Takes its time over each record, and counts them. */
    private record Written(long nanosPerRecord)
            implements MapFunction<FeatureVector, FeatureVector>, CheckpointListener {
        @Override
        public FeatureVector map(FeatureVector vector) {
            LockSupport.parkNanos(nanosPerRecord);
            WRITTEN.incrementAndGet();
            return vector;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            CHECKPOINTS.incrementAndGet();
        }
    }
}
