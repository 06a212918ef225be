package org.mydropout.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mydropout.job.JobRunner;

/**
 * The job of a test: its input, which it may read slowly until it is released, and its output.
 *
 * <p>Each file has all lines of an id, sorted by step. One reader reads a whole file, so the lines
 * arrive in that order, and a counter must give the steps of the lines.
 */
final class AugmentJob {

    static final int LINES = 40_000;
    static final int IDS = 997;

    /** The number of lines that are no records. */
    static final int BROKEN_LINES = 40;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FILES = 4;
    private static final int FEATURES = 8;

    private final String name;
    private final Path directory;
    private final boolean throttled;

    /**
     * @param throttled whether the input is slow, and its end held back, until {@link #release}
     */
    AugmentJob(Path parent, String name, boolean throttled) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(parent.resolve(name));
        this.throttled = throttled;
        Files.createDirectories(directory.resolve("input"));
        for (int file = 0; file < FILES; file++) {
            int part = file;
            Files.write(
                    directory.resolve("input").resolve("part-" + file + ".jsonl"),
                    IntStream.range(0, LINES)
                            .filter(number -> number % IDS % FILES == part)
                            .boxed()
                            .flatMap(number -> lines(number).stream())
                            .toList());
        }
    }

    private static List<String> lines(int number) {
        return number % (LINES / BROKEN_LINES) == 0
                ? List.of("{\"broken\":" + number + "}", line(number))
                : List.of(line(number));
    }

    private static String line(int number) {
        String features =
                IntStream.range(0, FEATURES)
                        .mapToObj(i -> Float.toString((number + 1) / (i + 3f)))
                        .collect(Collectors.joining(","));
        return "{\"line\":%d,\"id\":%d,\"step\":%d,\"features\":[%s]}"
                .formatted(number, number % IDS, number / IDS, features);
    }

    /**
     * Writes the job file.
     *
     * @param options further lines of the file
     * @return the argument for the command line
     */
    String file(String... options) throws IOException {
        String text =
                """
                pipeline.name: %s
                parallelism.default: 2
                execution.checkpointing.interval: 300 ms
                source:
                  connector: filesystem
                  path: %s:%s
                  format: json
                sink:
                  connector: filesystem
                  path: %s
                dead-letter:
                  connector: filesystem
                  path: %s
                dropout.rate: 0.5
                dropout.seed: 42
                """
                        .formatted(
                                name,
                                throttled ? ThrottledFileSystem.SCHEME : "file",
                                directory.resolve("input"),
                                output(),
                                deadLetter());
        return Files.writeString(
                        directory.resolve("job.yaml"), text + String.join("\n", options) + "\n")
                .toString();
    }

    /** Lets the job read the input at full speed, to its end. */
    void release() throws IOException {
        Files.createFile(directory.resolve("input").resolve(ThrottledFileSystem.RELEASE));
    }

    boolean isReleased() {
        return Files.exists(directory.resolve("input").resolve(ThrottledFileSystem.RELEASE));
    }

    /** Keeps a job that is stopped from ending, until {@link #endStop}. */
    void holdStop() throws IOException {
        Files.createFile(directory.resolve("input").resolve(ThrottledFileSystem.HOLD));
    }

    void endStop() throws IOException {
        Files.delete(directory.resolve("input").resolve(ThrottledFileSystem.HOLD));
    }

    /** Files that the sink has not finished. Their lines are not in the output. */
    List<Path> unfinishedFiles() throws IOException {
        try (Stream<Path> files = Files.list(output())) {
            return files.filter(file -> file.getFileName().toString().contains(".inprogress."))
                    .toList();
        }
    }

    Path directory() {
        return directory;
    }

    Path output() {
        return directory.resolve("output");
    }

    private Path deadLetter() {
        return directory.resolve("dead-letter");
    }

    /** The lines that are no records, as the dead letters hold them, sorted. */
    List<String> sortedDeadLetters() throws IOException {
        List<String> records = new ArrayList<>();
        for (String line : JobRunner.lines(deadLetter())) {
            records.add(JSON.readTree(line).get("record").asText());
        }
        records.sort(null);
        return records;
    }

    /** The lines of all finished files, sorted. */
    List<String> sortedOutput() throws IOException {
        return Files.isDirectory(output()) ? JobRunner.lines(output()) : List.of();
    }
}
