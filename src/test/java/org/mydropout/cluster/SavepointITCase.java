package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.SavepointText;

/** Tests for jobs that are stopped with a savepoint and restored at another parallelism. */
class SavepointITCase {

    @RegisterExtension private static final FlinkCluster CLUSTER = new FlinkCluster();

    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

    @Test
    void countsGoOnForEveryIdAtAnyParallelism() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "counter", true);
        String file = job.file("dropout.step-from: counter");

        String atTwo = runUntilStopped(job, List.of(), List.of(file));
        SavepointText.assertNotThroughKryo(
                Path.of(URI.create(atTwo)), DropoutMapFunction.STEP_STATE);
        String atFour =
                runUntilStopped(
                        job,
                        List.of("--fromSavepoint", atTwo),
                        List.of(file, "-Dparallelism.default=4"));
        job.release();
        JavaProcess atOne =
                CLUSTER.run(
                        List.of("--fromSavepoint", atFour),
                        List.of(file, "-Dparallelism.default=1"));

        assertThat(atOne.exitStatus(DEADLINE)).as(atOne.output()).isZero();
        assertThat(job.unfinishedFiles()).isEmpty();
        assertThat(job.sortedOutput()).isEqualTo(outputOfReplay());
    }

    /**
     * The output of a replay with the steps of the input, which are those that the counter must
     * give.
     */
    private static List<String> outputOfReplay() throws Exception {
        AugmentJob replay = new AugmentJob(CLUSTER.directory(), "replay", false);
        JavaProcess client = CLUSTER.run(List.of(), List.of(replay.file()));
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        List<String> output = replay.sortedOutput();
        assertThat(output).hasSize(AugmentJob.LINES);
        return output;
    }

    /** Runs the job until more of each id is final than before, and returns its savepoint. */
    private static String runUntilStopped(
            AugmentJob job, List<String> flinkArguments, List<String> arguments) throws Exception {
        int before = job.sortedOutput().size();
        JavaProcess client = CLUSTER.run(flinkArguments, arguments);
        String id = CLUSTER.runningJob(client);
        until(
                "more output is final",
                () -> job.sortedOutput().size() > before + 2 * AugmentJob.IDS);
        JavaProcess stop =
                CLUSTER.flink(
                        List.of(
                                "stop",
                                "--savepointPath",
                                job.directory().resolve("savepoints").toUri().toString(),
                                id));
        assertThat(stop.exitStatus(DEADLINE)).as(stop.output()).isZero();
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(job.unfinishedFiles()).isEmpty();
        assertThat(job.sortedOutput()).hasSizeLessThan(AugmentJob.LINES);
        Matcher path = SAVEPOINT.matcher(stop.output());
        assertThat(path.find()).as(stop.output()).isTrue();
        return path.group(1);
    }
}
