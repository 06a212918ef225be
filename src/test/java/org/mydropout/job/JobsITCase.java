package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for the jobs in {@code jobs/}, which are the README's examples. */
class JobsITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    private List<String> output(String command, String job) throws IOException {
        String sink = "-Dsink.path=" + directory.resolve("out-" + job);
        Outcome outcome = JobRunner.run(command, "jobs/" + job, sink);
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        return JobRunner.lines(directory.resolve("out-" + job));
    }

    @Test
    void replayGivesTheLinesOfTheStream() throws IOException {
        List<String> stream = output("run", "augment.yaml");

        assertThat(stream).hasSize(1000);
        assertThat(output("run", "replay.yaml")).isEqualTo(stream);
        assertThat(output("verify", "augment.yaml")).isEqualTo(stream);
        assertThat(output("verify", "replay.yaml")).isEqualTo(stream);
    }

    @Test
    void deadLetterTakesTheBrokenLines() throws IOException {
        Outcome outcome =
                JobRunner.run(
                        "run",
                        "jobs/dead-letter.yaml",
                        "-Dsink.path=" + directory.resolve("out"),
                        "-Ddead-letter.path=" + directory.resolve("dead"));

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(JobRunner.lines(directory.resolve("out"))).hasSize(3);
        assertThat(JobRunner.lines(directory.resolve("dead"))).hasSize(8);
    }
}
