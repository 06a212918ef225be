package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.flink.TestPipelines.RECORDS;
import static org.mydropout.flink.TestPipelines.environment;
import static org.mydropout.flink.TestPipelines.expected;
import static org.mydropout.flink.TestPipelines.inputs;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests for {@link DropoutMetrics} through a metric reporter of Flink. */
class DropoutMetricsITCase {

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            TestPipelines.cluster(REPORTER.addToConfiguration(new Configuration()));

    @Test
    void reportsItsMetrics() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 2, false);
        DropoutConfig guarded =
                DropoutConfig.builder().rate(0.5).seed(42).keyReuse(KeyReuse.COUNT).build();
        DataStream<FeatureVector> inputs = inputs(env);
        inputs.union(inputs(env, "repeated"))
                .keyBy(FeatureVector::id)
                .map(new DropoutMapFunction<>(guarded, FeatureVector.ACCESSOR))
                .uid("dropout")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");

        JobClient job = env.executeAsync();
        job.getJobExecutionResult().get();

        long kept = expected().stream().mapToLong(vector -> nonZeros(vector.values())).sum() * 2;
        long elements = expected().stream().mapToLong(vector -> vector.values().length).sum() * 2;
        assertThat(sum(job.getJobID(), "records")).isEqualTo(2 * RECORDS);
        assertThat(sum(job.getJobID(), "elementsKept")).isEqualTo(kept);
        assertThat(sum(job.getJobID(), "elementsDropped")).isEqualTo(elements - kept);
        // The second copy of a record is always a reuse. A record that arrives late may count as
        // one.
        assertThat(sum(job.getJobID(), "keysReused")).isBetween((long) RECORDS, 2L * RECORDS);
    }

    private static long nonZeros(float[] values) {
        long count = 0;
        for (float value : values) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }

    private static long sum(JobID job, String metric) {
        return REPORTER.findMetrics(job, "dropout." + metric).values().stream()
                .mapToLong(counter -> ((Counter) counter).getCount())
                .sum();
    }
}
