package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner;

/** Tests for application mode, in which the JobManager runs our command line. */
@Tag("cluster")
class ApplicationITCase {

    private static final Path DIRECTORY =
            Path.of("target", "cluster", "ApplicationITCase").toAbsolutePath();

    @BeforeEach
    void clear() throws Exception {
        FileUtils.deleteDirectory(DIRECTORY.toFile());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobThatWasCancelledIsResumed(boolean attached) throws Exception {
        AugmentJob undisturbed = new AugmentJob(DIRECTORY, "undisturbed", false);
        AugmentJob job = new AugmentJob(DIRECTORY, "cancelled", true);
        String file = job.file();
        List<String> options = List.of("-Dexecution.attached=" + attached);
        try (ApplicationCluster cluster = new ApplicationCluster(DIRECTORY.resolve("cluster"))) {
            JavaProcess whole = cluster.start(options, List.of("run", undisturbed.file()));
            assertThat(whole.exitStatus(DEADLINE)).as(whole.output()).isZero();
            assertThat(undisturbed.sortedOutput()).hasSize(AugmentJob.LINES);
            assertThat(whole.output().contains("records out")).isEqualTo(attached);

            JavaProcess first = cluster.start(options, List.of("run", file));
            until("some output is final", () -> !job.sortedOutput().isEmpty());
            cluster.rest().cancel(cluster.rest().runningJob().orElseThrow());
            assertThat(first.exitStatus(DEADLINE)).as(first.output()).isZero();

            job.release();
            JavaProcess second = cluster.start(options, List.of("run", file, "--resume"));
            assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
        }
        assertSameOutput(job, undisturbed);
    }

    /** Flink does the same with high availability: it runs the command line with the same id. */
    @Test
    void aJobManagerWithTheSameJobIdContinuesTheJob() throws Exception {
        AugmentJob undisturbed = new AugmentJob(DIRECTORY, "undisturbed", false);
        AugmentJob job = new AugmentJob(DIRECTORY, "killed", true);
        String file = job.file("sink.overwrite: true");
        List<String> options = List.of("--job-id", new JobID().toHexString());
        try (ApplicationCluster cluster = new ApplicationCluster(DIRECTORY.resolve("cluster"))) {
            runWhole(cluster, undisturbed.file());

            JavaProcess first = cluster.start(options, List.of("run", file));
            until("some output is final", () -> !job.sortedOutput().isEmpty());
            first.kill();

            job.release();
            JavaProcess second = cluster.start(options, List.of("run", file));
            assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
            assertThat(second.output()).contains("The job continues from ");
        }
        assertSameOutput(job, undisturbed);
    }

    /** It has left unfinished files, and nothing to continue from. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dropout.step-from: record",
                "split: {by: id, into: {train: 0.8, validation: 0.1, test: 0.1}}"
            })
    void aJobManagerLostBeforeTheFirstCheckpointStartsTheJobAgain(String option) throws Exception {
        AugmentJob undisturbed = new AugmentJob(DIRECTORY, "undisturbed", false);
        AugmentJob job = new AugmentJob(DIRECTORY, "lost", true);
        String file = job.file(option);
        List<String> options = List.of("--job-id", new JobID().toHexString());
        try (ApplicationCluster cluster = new ApplicationCluster(DIRECTORY.resolve("cluster"))) {
            runWhole(cluster, undisturbed.file(option));

            JavaProcess first = cluster.start(options, withoutPeriodicCheckpoints(file));
            until("some output is written", () -> isBegun(first, job));
            first.kill();

            job.release();
            JavaProcess second = cluster.start(options, List.of("run", file));
            assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
            assertThat(second.output()).doesNotContain("The job continues from ");
        }
        assertThat(job.unfinishedFiles()).isEmpty();
        assertSameOutput(job, undisturbed);
    }

    /**
     * The JobManager tells the sinks of a checkpoint only after it is complete. The test gives the
     * files of a later moment their earlier names.
     */
    @Test
    void aJobManagerLostBeforeAnyOutputIsFinalContinuesTheJob() throws Exception {
        AugmentJob undisturbed = new AugmentJob(DIRECTORY, "undisturbed", false);
        AugmentJob job = new AugmentJob(DIRECTORY, "not-final", true);
        String file = job.file("sink.overwrite: true", "dead-letter.overwrite: true");
        List<String> options = List.of("--job-id", new JobID().toHexString());
        try (ApplicationCluster cluster = new ApplicationCluster(DIRECTORY.resolve("cluster"))) {
            runWhole(cluster, undisturbed.file());

            JavaProcess first = cluster.start(options, withoutPeriodicCheckpoints(file));
            until(
                    "both subtasks write output and dead letters",
                    () ->
                            isBegun(first, job)
                                    && job.unfinishedFiles().size() == 2
                                    && job.unfinishedDeadLetters().size() == 2);
            List<Path> unfinished = new ArrayList<>(job.unfinishedFiles());
            unfinished.addAll(job.unfinishedDeadLetters());
            cluster.rest().checkpoint(cluster.rest().runningJob().orElseThrow());
            until(
                    "all of it is final",
                    () ->
                            unfinished.stream().noneMatch(Files::exists)
                                    && !JobRunner.marks(job.output()).isEmpty());
            cluster.kill(); // the TaskManager, too, could still write a mark
            for (Path name : unfinished) {
                Files.move(finished(name), name);
            }
            for (Path mark : JobRunner.marks(job.output())) {
                Files.delete(mark);
            }

            job.release();
            JavaProcess second = cluster.start(options, List.of("run", file));
            assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
            assertThat(second.output()).contains("The job continues from ");
        }
        assertSameOutput(job, undisturbed);
    }

    private static List<String> withoutPeriodicCheckpoints(String file) {
        List<String> arguments = new ArrayList<>(List.of("run", file));
        arguments.addAll(JobRunner.NO_PERIODIC_CHECKPOINTS);
        return arguments;
    }

    /** The name of a file when it is finished: {@code .NAME.inprogress.UUID} becomes NAME. */
    private static Path finished(Path unfinished) {
        String name = unfinished.getFileName().toString();
        return unfinished.resolveSibling(name.substring(1, name.indexOf(".inprogress.")));
    }

    private static void runWhole(ApplicationCluster cluster, String file) throws Exception {
        JavaProcess whole = cluster.start(List.of(), List.of("run", file));
        assertThat(whole.exitStatus(DEADLINE)).as(whole.output()).isZero();
    }

    private static void assertSameOutput(AugmentJob job, AugmentJob undisturbed) throws Exception {
        assertThat(job.sortedOutput()).isEqualTo(undisturbed.sortedOutput());
        assertThat(job.sortedDeadLetters()).isEqualTo(undisturbed.sortedDeadLetters());
    }

    private static boolean isBegun(JavaProcess jobManager, AugmentJob job) throws IOException {
        assertThat(jobManager.isAlive()).as(jobManager.output()).isTrue();
        return Files.isDirectory(job.output()) && !job.unfinishedFiles().isEmpty();
    }

    @Test
    void aWrongJobFileFailsTheApplication() throws Exception {
        AugmentJob job = new AugmentJob(DIRECTORY, "wrong", false);
        try (ApplicationCluster cluster = new ApplicationCluster(DIRECTORY.resolve("cluster"))) {
            JavaProcess jobManager =
                    cluster.start(List.of(), List.of("run", job.file("dropout.rat: 0.1")));

            assertThat(jobManager.exitStatus(DEADLINE)).as(jobManager.output()).isNotZero();
            assertThat(jobManager.output())
                    .contains("dropout.rat", "Application failed unexpectedly");
        }
    }
}
