package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests for jobs whose processes are killed, or whose disk is full. Each must write the lines of an
 * undisturbed job that takes the steps from its input.
 */
@Tag("cluster")
class CrashITCase {

    @RegisterExtension private static final FlinkCluster CLUSTER = new FlinkCluster();

    private static List<String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        CLUSTER.start();
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "undisturbed", false);
        JavaProcess client = CLUSTER.run(List.of(), List.of(job.file()));
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        undisturbed = job.sortedOutput();
        assertThat(undisturbed).hasSize(AugmentJob.LINES);
    }

    /** The counter, too, must give the steps of the input, because each id's count is restored. */
    @ParameterizedTest
    @ValueSource(strings = {"record", "counter"})
    void killedTaskManagerLosesAndRepeatsNothing(String stepFrom) throws Exception {
        AugmentJob job =
                new AugmentJob(CLUSTER.directory(), "killed-taskmanager-" + stepFrom, true);
        JavaProcess client =
                CLUSTER.run(List.of(), List.of(job.file("dropout.step-from: " + stepFrom)));
        String id = CLUSTER.runningJob(client);
        untilMidway(job, id);
        String victim = CLUSTER.rest().taskManagerOfSource(id).orElseThrow();

        CLUSTER.kill(victim);
        until("the job is restored", () -> CLUSTER.rest().restoredCheckpoints(id) > 0);
        job.release();

        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(client.output()).contains("The job was restarted after a failure");
        assertThat(job.sortedOutput()).isEqualTo(undisturbed);
    }

    @Test
    void killedJobManagerLosesAndRepeatsNothing() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "killed-jobmanager", true);
        String file = job.file("dropout.step-from: counter");
        JavaProcess first = CLUSTER.run(List.of(), List.of(file));
        String id = CLUSTER.runningJob(first);
        untilMidway(job, id);

        CLUSTER.kill(FlinkCluster.JOB_MANAGER);
        first.kill();
        CLUSTER.startJobManager();
        until("both TaskManagers are back", () -> CLUSTER.rest().taskManagers() == 2);
        assertThat(CLUSTER.rest().state(id)).as("the new JobManager knows no job").isEmpty();
        JavaProcess second = CLUSTER.run(List.of(), List.of(file, "--resume"));
        String resumed = CLUSTER.runningJob(second);
        assertThat(CLUSTER.rest().restoredCheckpoints(resumed)).isEqualTo(1);
        job.release();

        assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
        assertThat(job.sortedOutput()).isEqualTo(undisturbed);
    }

    /**
     * Flink fails a job that loses a TaskManager while it stops with a savepoint, although the
     * savepoint is complete and the output is final up to it. The job's newest checkpoint is older.
     */
    @Test
    void taskManagerKilledWhileTheJobStopsLosesAndRepeatsNothing() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "killed-while-stopping", true);
        String file = job.file();
        JavaProcess first = CLUSTER.run(List.of(), List.of(file));
        String id = CLUSTER.runningJob(first);
        untilMidway(job, id);
        String victim = CLUSTER.rest().taskManagerOfSource(id).orElseThrow();
        job.holdStop();
        JavaProcess stop = CLUSTER.flink(List.of("stop", id));
        Path savepoints = CLUSTER.directory().resolve("savepoints");
        until(
                "the savepoint is complete, and the output is final up to it",
                () -> Checkpoints.savepoints(savepoints) > 0 && job.unfinishedFiles().isEmpty());
        String checkpoint = Checkpoints.newest(CLUSTER.directory().resolve("checkpoints/" + id));

        CLUSTER.kill(victim);

        assertThat(stop.exitStatus(DEADLINE)).as(stop.output()).isEqualTo(1);
        assertThat(stop.output()).contains("A savepoint has been created at: ");
        assertThat(first.exitStatus(DEADLINE)).as(first.output()).isEqualTo(1);
        job.endStop();
        CLUSTER.start();
        JavaProcess refused = CLUSTER.run(List.of("--fromSavepoint", checkpoint), List.of(file));
        assertThat(refused.exitStatus(DEADLINE)).as(refused.output()).isEqualTo(2);
        assertThat(refused.output())
                .contains("execution.state-recovery.path must be snapshot ", "' is snapshot ");
        JavaProcess second = CLUSTER.run(List.of(), List.of(file, "--resume"));
        CLUSTER.runningJob(second);
        job.release();
        assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
        assertThat(second.output()).contains("The job continues from file:" + savepoints);
        assertThat(job.sortedOutput()).isEqualTo(undisturbed);
        assertThat(job.sortedDeadLetters()).hasSize(AugmentJob.BROKEN_LINES);
    }

    @Test
    void fullDiskThatIsEmptiedLosesAndRepeatsNothing() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "full-disk", true);
        String file = job.file("dropout.step-from: counter");
        try (SmallDisk disk = SmallDisk.mount(job.output())) {
            JavaProcess first = CLUSTER.run(List.of(), List.of(file));
            untilMidway(job, CLUSTER.runningJob(first));

            disk.fill();
            assertThat(first.exitStatus(DEADLINE)).as(first.output()).isEqualTo(1);
            assertThat(first.output())
                    .contains(
                            "No more can be written into " + job.output(),
                            "No space left on device");
            disk.empty();
            JavaProcess second = CLUSTER.run(List.of(), List.of(file, "--resume"));
            CLUSTER.runningJob(second);
            job.release();

            assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
            assertThat(job.sortedOutput()).isEqualTo(undisturbed);
            assertThat(job.sortedDeadLetters()).hasSize(AugmentJob.BROKEN_LINES);
        }
    }

    /**
     * Waits until some output is final and some is not, so that a crash discards it. The job cannot
     * have reached its end by then.
     */
    private static void untilMidway(AugmentJob job, String id) {
        until(
                "a checkpoint has completed, output of it is final, and more is on its way",
                () ->
                        CLUSTER.rest().completedCheckpoints(id) > 0
                                && !job.sortedOutput().isEmpty()
                                && !job.unfinishedFiles().isEmpty());
    }
}
