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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for the jobs in {@code jobs/}, the README's examples. */
class JobsITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    private Outcome command(String command, String job) {
        Outcome outcome =
                JobRunner.run(
                        command, "jobs/" + job, "-Dsink.path=" + directory.resolve("out-" + job));
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        return outcome;
    }

    private List<String> output(String job) throws IOException {
        return JobRunner.lines(directory.resolve("out-" + job));
    }

    @Test
    void replayGivesTheLinesOfTheStream() throws IOException {
        command("run", "augment.yaml");
        command("run", "replay.yaml");

        assertThat(output("augment.yaml")).hasSize(1000);
        assertThat(output("replay.yaml")).isEqualTo(output("augment.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"augment.yaml", "replay.yaml", "noise.yaml"})
    void outputIsVerified(String job) {
        command("run", job);

        assertThat(command("verify", job).out())
                .containsPattern("equal +1,000\n")
                .endsWith("The output is what the input gives.\n");
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

    @Test
    void sampleIsSplitIntoDirectories() throws IOException {
        Outcome run = command("run", "sample-split.yaml");
        Path out = directory.resolve("out-sample-split.yaml");
        int train = JobRunner.lines(out.resolve("train")).size();
        int validation = JobRunner.lines(out.resolve("validation")).size();
        int test = JobRunner.lines(out.resolve("test")).size();

        assertThat(run.out())
                .containsPattern("records in +1,000 ")
                .containsPattern("records out +%d ".formatted(train + validation + test))
                .containsPattern("not sampled +%d\n".formatted(1000 - train - validation - test));
        // What Flax gives for the seed 42, as check_selection.py does it.
        assertThat(List.of(train, validation, test)).containsExactly(378, 59, 41);
        assertThat(command("verify", "sample-split.yaml").out())
                .endsWith("The output is what the input gives.\n");
    }

    @Test
    void tokenIsDrawnForEachVectorOfLogits() throws IOException {
        command("run", "decode.yaml");

        assertThat(output("decode.yaml"))
                .hasSize(128)
                .allMatch(
                        line ->
                                line.matches(
                                        "\\{\"prompt\":\"prompt-\\d+\",\"step\":\\d,\"logits\":\\[],\"index\":\\d+,\"log_probability\":-?\\d\\..*}"));
        assertThat(command("verify", "decode.yaml").out()).containsPattern("equal +128\n");
    }
}
