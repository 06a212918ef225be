package org.mydropout.job;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.augment.RunCount;

/**
 * Makes the golden savepoint of {@link GoldenJob} and the output beside it, with the command
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain=org.mydropout.job.GoldenJobFiles
 * }</pre>
 *
 * <p>Of the four input files, two are half read and two are not read. A part of the output is
 * final. The rest is written, but becomes final only when the savepoint is restored, as after a
 * crash. Existing files are never overwritten, because the state of a released version must be
 * restorable for ever.
 */
final class GoldenJobFiles {

    private static final int PARALLELISM = 2;

    /** The number of lines of each file in the output when a checkpoint makes it final. */
    private static final int FINAL_LINES = 10;

    private GoldenJobFiles() {}

    @SuppressWarnings("try") // closing the cluster may be interrupted
    public static void main(String[] arguments) throws Exception {
        for (String made : Stream.concat(Stream.of("_metadata"), outputs()).toList()) {
            if (Files.exists(GoldenJob.FILES.resolve(made))) {
                throw new FileAlreadyExistsException(
                        GoldenJob.FILES.resolve(made).toString(), null, "It must be deleted first");
            }
        }
        GoldenJob.layInput();
        GoldenFileSystem.holdAfter(FINAL_LINES);
        MiniClusterConfiguration configuration =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(GoldenJob.clusterConfiguration())
                        .setNumSlotsPerTaskManager(PARALLELISM)
                        .withRandomPorts()
                        .build();
        try (MiniCluster cluster = new MiniCluster(configuration)) {
            cluster.start();
            TestStreamEnvironment.setAsContext(cluster, PARALLELISM);
            CompletableFuture<Outcome> run =
                    CompletableFuture.supplyAsync(
                            () -> GoldenJob.run("-Dexecution.checkpointing.interval=1 d"));
            JobID job = GoldenJob.running(cluster::listJobs);
            untilRead(cluster, job, FINAL_LINES);
            cluster.triggerCheckpoint(job).get();
            GoldenFileSystem.holdAfter(GoldenJob.HELD_LINES);
            untilRead(cluster, job, GoldenJob.HELD_LINES);
            String savepoint =
                    cluster.triggerSavepoint(
                                    job,
                                    GoldenFileSystem.ROOT.resolve("savepoints").toUri().toString(),
                                    false,
                                    SavepointFormatType.CANONICAL)
                            .get();
            cluster.cancelJob(job).get();
            run.get();
            GoldenFileSystem.release();
            Files.copy(
                    Path.of(URI.create(savepoint)).resolve("_metadata"),
                    GoldenJob.FILES.resolve("_metadata"));
        }
        for (String output : outputs().toList()) {
            GoldenJob.copy(GoldenFileSystem.ROOT.resolve(output), GoldenJob.FILES.resolve(output));
        }
    }

    private static Stream<String> outputs() {
        return GoldenJob.OUTPUTS.stream();
    }

    private static void untilRead(MiniCluster cluster, JobID job, int lines) {
        await().atMost(GoldenJob.DEADLINE)
                .until(() -> linesRead(cluster, job) == (long) PARALLELISM * lines);
    }

    /** The number of lines that have become a record or a dead letter. */
    private static long linesRead(MiniCluster cluster, JobID job) throws Exception {
        var counts = cluster.getExecutionGraph(job).get().getAccumulatorsSerialized();
        long lines = 0;
        for (RunCount count : List.of(RunCount.RECORDS_OUT, RunCount.DEAD_LETTERS)) {
            if (counts.containsKey(count.name())) {
                lines +=
                        (Long)
                                counts.get(count.name())
                                        .deserializeValue(GoldenJobFiles.class.getClassLoader())
                                        .getUnchecked();
            }
        }
        return lines;
    }
}
