package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests for the step counter under back-pressure. */
class PressureITCase {

    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    private static final MemorySize BUFFER = MemorySize.parse("4 kb");

    /** The network memory of each TaskManager, which holds all records in transit. */
    private static final MemorySize NETWORK_MEMORY = MemorySize.parse("128 kb");

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            TestPipelines.cluster(
                    REPORTER.addToConfiguration(
                            new Configuration()
                                    .set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, BUFFER)
                                    .set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY)
                                    .set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY)));

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final int FEATURES = 256;

    /** Tasks and channels, each of which may hold one record that it is reading or writing. */
    private static final int IN_HAND = 4 + 4;

    private static final AtomicLong READ = new AtomicLong();

    /**
     * The source could emit millions of records per second, all with one id, and the sink accepts
     * none. The records between them are counted and fit into Flink's network buffers. A checkpoint
     * completes as soon as the sink has accepted them.
     */
    @Test
    void checkpointsCompleteBehindAHeldSinkAndMemoryIsBounded() throws Exception {
        READ.set(0);
        HeldSink.WRITTEN.set(0);
        HeldSink.hold();
        JobClient job = start();
        long most = 2 * NETWORK_MEMORY.getBytes() / recordSize() + IN_HAND;
        try (ClusterClient<?> cluster =
                new RestClusterClient<>(CLUSTER.getClientConfiguration(), "mini cluster")) {
            for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
                await("the sink holds back all before it")
                        .atMost(DEADLINE)
                        .until(
                                () ->
                                        isBlocked(job.getJobID(), "source")
                                                && isBlocked(job.getJobID(), "dropout"));
                long written = HeldSink.WRITTEN.get();
                assertThat(READ.get() - written).isBetween(BUFFER.getBytes() / recordSize(), most);
                assertThat(HeldSink.WRITTEN).hasValue(written);

                completeCheckpoint(cluster, job.getJobID());

                assertThat(HeldSink.WRITTEN).hasValueGreaterThan(written);
            }
        } finally {
            job.cancel().get(1, TimeUnit.MINUTES);
        }
    }

    /** Retries, because a checkpoint cannot be triggered until all tasks run. */
    private static void completeCheckpoint(ClusterClient<?> cluster, JobID job) {
        await("a checkpoint")
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(
                        () -> {
                            HeldSink.letUntilBarrier();
                            return cluster.triggerCheckpoint(job, CheckpointType.DEFAULT).get();
                        },
                        Objects::nonNull);
    }

    private static JobClient start() throws Exception {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, true);
        env.configure(new Configuration().set(StateBackendOptions.STATE_BACKEND, "rocksdb"));
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> vector(), Long.MAX_VALUE, FeatureVectorTypeInfo.INSTANCE),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
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
                .name("dropout")
                .uid("dropout")
                .rebalance()
                .sinkTo(new HeldSink())
                .uid("sink")
                .setParallelism(1);
        return env.executeAsync();
    }

    private static FeatureVector vector() {
        return new FeatureVector(7, 0, new float[FEATURES]);
    }

    /** The size of a record in a network buffer, in bytes. */
    private static long recordSize() throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        new FeatureVectorSerializer().serialize(vector(), bytes);
        return bytes.length();
    }

    /** Whether a subtask of a task waits for a network buffer to write into. */
    private static boolean isBlocked(JobID job, String task) {
        return REPORTER.findTaskMetricGroups(job, task).stream()
                .map(TaskMetricGroup::getIOMetricGroup)
                .anyMatch(
                        io ->
                                io.getSoftBackPressuredTimePerSecond().isMeasuring()
                                        || io.getHardBackPressuredTimePerSecond().isMeasuring());
    }
}
