package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests for what Flink's own client is told of a job that it does not wait for. */
class SubmissionITCase {

    @RegisterExtension private static final FlinkCluster CLUSTER = new FlinkCluster();

    private static final Pattern SUBMITTED = Pattern.compile("Submitted as job (\\p{XDigit}{32}),");

    @Test
    void saysOfADetachedJobOnlyThatItRuns() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "detached", true);

        JavaProcess client = CLUSTER.run(List.of("--detached"), List.of(job.file()));

        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(client.output()).doesNotContain("records in", "The job failed");
        Matcher submitted = SUBMITTED.matcher(client.output());
        assertThat(submitted.find()).as(client.output()).isTrue();
        String id = submitted.group(1);
        until("the job runs", () -> CLUSTER.rest().state(id).equals("RUNNING"));
        job.release();
        until("the job ends", () -> CLUSTER.rest().state(id).equals("FINISHED"));
        assertThat(job.sortedOutput()).hasSize(AugmentJob.LINES);
    }
}
