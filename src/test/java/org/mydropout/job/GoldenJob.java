package org.mydropout.job;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.util.FileUtils;
import org.mydropout.job.JobRunner.Outcome;

/**
 * A job file with everything that has state in a file job: a source with several files, the counter
 * and the guard with string ids, a sink, and dead letters. Records with the same id are equal, so
 * the output does not depend on their order of arrival.
 */
final class GoldenJob {

    /** The directory with the job file, its input, and a savepoint with the output at that time. */
    static final Path FILES = Path.of("src", "test", "resources", "golden", "job-v1");

    static final List<String> OUTPUTS = List.of("output", "dead-letter");

    /** The number of lines of each input file before the rest is held back. */
    static final int HELD_LINES = 20;

    /** How long a test waits for a condition; far more than needed. */
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private GoldenJob() {}

    /**
     * The configuration of a cluster. Lines are fetched one at a time, because a source emits
     * nothing of a fetch that is held back. A cancelled job does not wait for such a fetch.
     */
    static Configuration clusterConfiguration() {
        return new Configuration()
                .set(StreamFormat.FETCH_IO_SIZE, new MemorySize(1))
                .set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, 1L);
    }

    /** Creates a new directory for the job that contains only its input. */
    static void layInput() throws IOException {
        FileUtils.deleteDirectory(GoldenFileSystem.ROOT.toFile());
        copy(FILES.resolve("input"), GoldenFileSystem.ROOT.resolve("input"));
    }

    /** As {@link #layInput}, with the output at the time of the savepoint. */
    static void layInputAndOutput() throws IOException {
        layInput();
        for (String output : OUTPUTS) {
            copy(FILES.resolve(output), GoldenFileSystem.ROOT.resolve(output));
        }
    }

    /** Runs the job to its end. */
    static Outcome run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("run", FILES.resolve("job.yaml").toString()));
        arguments.addAll(List.of(options));
        return JobRunner.run(arguments.toArray(String[]::new));
    }

    /** Waits until a job runs on a cluster that had none. */
    static JobID running(Callable<CompletableFuture<Collection<JobStatusMessage>>> jobs) {
        return await("the job runs")
                .atMost(DEADLINE)
                .until(
                        () ->
                                jobs.call().get().stream()
                                        .filter(job -> job.getJobState() == JobStatus.RUNNING)
                                        .map(JobStatusMessage::getJobId)
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The final lines of an output, sorted. */
    static List<String> lines(String output) throws IOException {
        return JobRunner.lines(GoldenFileSystem.ROOT.resolve(output));
    }

    /** Copies the files of a directory. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
