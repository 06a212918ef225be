package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.snapshot.Snapshot;

/**
 * Tests for job files that are restored from a savepoint or checkpoint: from the golden savepoint
 * of version 0.1.0 at parallelism 2, and from a checkpoint that is kept with the settings of
 * conf/config.yaml.
 */
class RecoveryITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(GoldenJob.clusterConfiguration())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    private static final String SAVEPOINT =
            "-Dexecution.state-recovery.path=" + GoldenJob.FILES.toUri();

    private static final String CUT_SHORT =
            "The job failed: A file ends too early. If the job was to continue from a checkpoint or"
                    + " savepoint, a file of that is cut short. --debug shows where.%n";

    @TempDir private Path checkpoints;

    private static List<List<String>> undisturbed;

    @BeforeEach
    void runUndisturbed() throws IOException {
        if (undisturbed == null) {
            GoldenJob.layInput();
            assertDone(GoldenJob.run());
            undisturbed = outputs();
        }
        assertThat(undisturbed).extracting(List::size).containsExactly(148, 12);
    }

    @AfterEach
    void release() {
        GoldenFileSystem.release();
    }

    /**
     * Depends on all uids, the names of all states, the position of the source and the unfinished
     * files of the sinks.
     */
    @ParameterizedTest
    @CsvSource({"hashmap, 3", "rocksdb, 1"})
    void goldenSavepointGoesOnAtAnotherParallelism(String backend, String parallelism)
            throws IOException {
        GoldenJob.layInputAndOutput();

        assertDone(
                GoldenJob.run(
                        SAVEPOINT,
                        "-Dstate.backend.type=" + backend,
                        "-Dparallelism.default=" + parallelism));

        List<List<String>> outputs = outputs();
        assertThat(outputs.get(0)).isEqualTo(undisturbed.get(0));
        assertThat(withoutMessages(outputs.get(1))).isEqualTo(withoutMessages(undisturbed.get(1)));
    }

    /** The version that made the savepoint has written some dead letters with its own messages. */
    private static List<String> withoutMessages(List<String> deadLetters) {
        return deadLetters.stream()
                .map(letter -> letter.replaceFirst("\"message\":\"(\\\\.|[^\"\\\\])*\",", ""))
                .sorted()
                .toList();
    }

    /** The savepoint was made with 128, the value in conf/config.yaml. */
    @Test
    void savepointIsRefusedUnderAnotherMaxParallelism() throws IOException {
        GoldenJob.layInputAndOutput();

        Outcome outcome = GoldenJob.run(SAVEPOINT, "-Dpipeline.max-parallelism=64");

        assertThat(outcome.status()).isEqualTo(JobCommand.FAILED);
        assertThat(outcome.err())
                .isEqualTo(
                        "The job failed: pipeline.max-parallelism must be 128, as in the savepoint of execution.state-recovery.path, but is 64.%n"
                                .formatted());
    }

    @Test
    void parallelismBeyondTheMaximumIsRefusedBeforeTheJobStarts() throws IOException {
        GoldenJob.layInput();

        Outcome outcome = GoldenJob.run("-Dparallelism.default=129");

        assertThat(outcome.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(outcome.err())
                .contains("must be at most pipeline.max-parallelism, which is 128, but is 129;");
    }

    /** The names of the source's and the sinks' states are Flink's. */
    @Test
    void cancelledJobGoesOnFromItsCheckpoint() throws Exception {
        Path checkpoint = checkpointOfACancelledJob();
        SavepointText.assertNotThroughKryo(
                checkpoint,
                DropoutMapFunction.STEP_STATE,
                DropoutMapFunction.LAST_STEP_STATE,
                "SourceReaderState",
                "writer_raw_states",
                "streaming_committer_raw_states");

        assertDone(GoldenJob.run("-Dexecution.state-recovery.path=" + checkpoint.toUri()));

        assertThat(outputs()).isEqualTo(undisturbed);
    }

    /**
     * The JobManager may be lost after a checkpoint is complete and before the sinks know of it. So
     * may be that of the job which continues from it, before its own first checkpoint.
     */
    @Test
    void checkpointThatIsNewerThanTheOutputIsResumedTwice() throws Exception {
        Path checkpoint = checkpointOfACancelledJob();
        long number = Snapshot.at(checkpoint.toString()).number();
        Path output = GoldenFileSystem.ROOT.resolve("output");
        for (Path mark : JobRunner.marks(output)) {
            Files.delete(mark);
        }
        Files.createFile(
                output.resolve(
                        ".committed-%s-%d"
                                .formatted(checkpoint.getParent().getFileName(), number - 1)));
        GoldenFileSystem.holdAfter(GoldenJob.HELD_LINES);
        String[] resume = {"--resume", "-Dexecution.checkpointing.dir=" + checkpoints.toUri()};
        List<String> withoutCheckpoints = new ArrayList<>(List.of(resume));
        withoutCheckpoints.addAll(JobRunner.NO_PERIODIC_CHECKPOINTS);
        CompletableFuture<Outcome> lost =
                CompletableFuture.supplyAsync(
                        () -> GoldenJob.run(withoutCheckpoints.toArray(String[]::new)));
        try (ClusterClient<?> cluster =
                new RestClusterClient<>(CLUSTER.getClientConfiguration(), "mini cluster")) {
            JobID job = GoldenJob.running(cluster::listJobs);
            await("the job is restored")
                    .atMost(GoldenJob.DEADLINE)
                    .until(() -> JobRunner.marks(output).toString().contains(job.toString()));
            cluster.cancel(job).get();
        }
        assertThat(lost.get().err()).isEqualTo("The job was cancelled.%n".formatted());
        GoldenFileSystem.release();

        Outcome resumed = GoldenJob.run(resume);

        assertDone(resumed);
        assertThat(resumed.out())
                .contains("The job continues from ", checkpoint + ", snapshot " + number);
        assertThat(outputs()).isEqualTo(undisturbed);
    }

    /** Shows that the tests above depend on conf/config.yaml. */
    @Test
    void withoutRetentionTheCheckpointOfACancelledJobIsDeleted() throws Exception {
        Path checkpoint =
                checkpointOfACancelledJob(
                        "-Dexecution.checkpointing.externalized-checkpoint-retention="
                                + "NO_EXTERNALIZED_CHECKPOINTS");

        await().atMost(GoldenJob.DEADLINE).until(() -> !Files.exists(checkpoint));
    }

    /**
     * If a TaskManager is lost while a job is stopped with a savepoint, the job fails. Its output
     * is final up to the savepoint, but its newest checkpoint is the one before.
     */
    @Test
    void jobThatFailedWhileItStoppedContinuesOnlyFromItsSavepoint() throws Exception {
        Stopped stopped = stopWithSavepoint();

        Outcome refused =
                GoldenJob.run(
                        stopped.options("-Dexecution.state-recovery.path=" + stopped.before()));
        assertThat(refused.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(refused.err())
                .contains(
                        "execution.state-recovery.path must be snapshot ",
                        "up to which golden:/output is written, or a later one, but is '"
                                + stopped.before(),
                        Path.of(URI.create(stopped.savepoint())) + "' is snapshot ");

        Outcome resumed = GoldenJob.run(stopped.options("--resume"));
        assertDone(resumed);
        assertThat(resumed.out())
                .contains(
                        "The job continues from ",
                        Path.of(URI.create(stopped.savepoint())) + ", snapshot ");
        assertThat(outputs()).isEqualTo(undisturbed);
    }

    @Test
    void savepointInAnotherDirectoryMustBeNamed() throws Exception {
        Stopped stopped = stopWithSavepoint();
        String elsewhere = "-Dexecution.checkpointing.savepoint-dir=" + checkpoints.resolve("none");

        for (String start :
                List.of("-Dexecution.state-recovery.path=" + stopped.before(), "--resume")) {
            Outcome outcome = GoldenJob.run(stopped.options(start, elsewhere));
            assertThat(outcome.status()).isEqualTo(JobCommand.UNUSABLE);
            assertThat(outcome.err())
                    .contains(
                            "neither execution.checkpointing.dir nor"
                                    + " execution.checkpointing.savepoint-dir holds it");
        }

        assertDone(
                GoldenJob.run(
                        stopped.options("-Dexecution.state-recovery.path=" + stopped.savepoint())));
        assertThat(outputs()).isEqualTo(undisturbed);
    }

    @Test
    void refusesASnapshotWhoseMetadataIsCutShort() throws Exception {
        Path checkpoint = checkpointOfACancelledJob();
        cutShort(checkpoint.resolve("_metadata"));
        String named = "-Dexecution.state-recovery.path=" + checkpoint.toUri();

        Outcome resumed =
                GoldenJob.run("--resume", "-Dexecution.checkpointing.dir=" + checkpoints.toUri());
        assertThat(resumed.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(resumed.err())
                .contains(
                        "--resume must find snapshot ",
                        checkpoint + "' cannot be read: its file _metadata is cut short; ");

        Outcome given = GoldenJob.run(named);
        assertThat(given.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(given.err())
                .contains(
                        "execution.state-recovery.path must be a complete checkpoint or savepoint"
                                + " that can be read here, but is '",
                        "', which cannot: its file _metadata is cut short.");

        GoldenJob.layInput(); // without an output, Flink reads the snapshot first
        Outcome fresh = GoldenJob.run(named);
        assertThat(fresh.status()).isEqualTo(JobCommand.FAILED);
        assertThat(fresh.err()).isEqualTo(CUT_SHORT.formatted());
    }

    @Test
    void failsAtASnapshotWhoseStateIsCutShort() throws Exception {
        Path checkpoint =
                checkpointOfACancelledJob("-Dexecution.checkpointing.data-inline-threshold=0");
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.filter(path -> !path.endsWith("_metadata")).toList()) {
                cutShort(file);
            }
        }

        Outcome outcome =
                GoldenJob.run(
                        "-Dexecution.state-recovery.path=" + checkpoint.toUri(),
                        "-Drestart-strategy.type=disable");

        assertThat(outcome.status()).isEqualTo(JobCommand.FAILED);
        assertThat(outcome.err()).isEqualTo(CUT_SHORT.formatted());
    }

    private static void cutShort(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    @Test
    void refusesToResumeWithoutAnOutput() throws IOException {
        GoldenJob.layInput();

        Outcome outcome = GoldenJob.run("--resume");

        assertThat(outcome.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(outcome.err()).contains("--resume must know which job wrote the output");

        Outcome both = GoldenJob.run("--resume", "-Dexecution.state-recovery.path=x");
        assertThat(both.status()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(both.err())
                .contains("execution.state-recovery.path must not be set together with --resume");
    }

    /** A job that was stopped after a checkpoint. */
    private record Stopped(Path checkpoints, String before, String savepoint) {
        String[] options(String... more) {
            List<String> all = new ArrayList<>(List.of(more));
            all.add(0, "-Dexecution.checkpointing.dir=" + checkpoints.toUri());
            if (!String.join(" ", more).contains("savepoint-dir")) {
                all.add("-Dexecution.checkpointing.savepoint-dir=" + checkpoints.toUri());
            }
            return all.toArray(String[]::new);
        }
    }

    /** Stops the job with a savepoint, and puts the checkpoint before back, which Flink deletes. */
    private Stopped stopWithSavepoint() throws Exception {
        GoldenJob.layInput();
        GoldenFileSystem.holdAfter(GoldenJob.HELD_LINES / 2);
        List<String> all = new ArrayList<>(JobRunner.NO_PERIODIC_CHECKPOINTS);
        all.add("-Dexecution.checkpointing.dir=" + checkpoints.toUri());
        CompletableFuture<Outcome> run =
                CompletableFuture.supplyAsync(() -> GoldenJob.run(all.toArray(String[]::new)));
        String savepoint;
        Path checkpoint;
        Path copy = checkpoints.resolve("copy");
        try (ClusterClient<?> cluster =
                new RestClusterClient<>(CLUSTER.getClientConfiguration(), "mini cluster")) {
            JobID job = GoldenJob.running(cluster::listJobs);
            long number = checkpointOf(cluster, job);
            checkpoint = checkpoints.resolve(job.toString()).resolve("chk-" + number);
            GoldenJob.copy(checkpoint, copy);
            GoldenFileSystem.holdAfter(GoldenJob.HELD_LINES);
            savepoint =
                    cluster.stopWithSavepoint(
                                    job,
                                    false,
                                    checkpoints.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
        }
        assertThat(run.get().status()).isEqualTo(JobCommand.DONE);
        GoldenFileSystem.release();
        await("Flink has deleted the checkpoint, which it does in the background")
                .atMost(GoldenJob.DEADLINE)
                .until(() -> !Files.exists(checkpoint));
        GoldenJob.copy(copy, checkpoint);
        return new Stopped(checkpoints, checkpoint.toUri().toString(), savepoint);
    }

    private static long checkpointOf(ClusterClient<?> cluster, JobID job) {
        return await("all tasks run, so that a checkpoint can be made")
                .atMost(GoldenJob.DEADLINE)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(
                        () -> cluster.triggerCheckpoint(job, CheckpointType.DEFAULT).get(),
                        Objects::nonNull);
    }

    /** Cancels the job midway. Its only complete checkpoint is the one that is returned. */
    private Path checkpointOfACancelledJob(String... options) throws Exception {
        GoldenJob.layInput();
        GoldenFileSystem.holdAfter(GoldenJob.HELD_LINES);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Dexecution.checkpointing.dir=" + checkpoints.toUri());
        all.addAll(JobRunner.NO_PERIODIC_CHECKPOINTS);
        CompletableFuture<Outcome> run =
                CompletableFuture.supplyAsync(() -> GoldenJob.run(all.toArray(String[]::new)));
        Path checkpoint;
        try (ClusterClient<?> cluster =
                new RestClusterClient<>(CLUSTER.getClientConfiguration(), "mini cluster")) {
            JobID job = GoldenJob.running(cluster::listJobs);
            long number = checkpointOf(cluster, job);
            checkpoint = checkpoints.resolve(job.toString()).resolve("chk-" + number);
            assertThat(checkpoint.resolve("_metadata")).exists();
            cluster.cancel(job).get();
        }
        assertThat(run.get().err()).isEqualTo("The job was cancelled.%n".formatted());
        GoldenFileSystem.release();
        return checkpoint;
    }

    private static void assertDone(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(JobCommand.DONE);
    }

    private static List<List<String>> outputs() throws IOException {
        return List.of(GoldenJob.lines("output"), GoldenJob.lines("dead-letter"));
    }
}
