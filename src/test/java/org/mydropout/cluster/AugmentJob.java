package org.mydropout.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
final class AugmentJob implements ChaosJob {

    static final int LINES = 40_000;
    static final int IDS = 997;

    /** The number of lines that are no records. */
    static final int BROKEN_LINES = 40;

    private static final ObjectMapper JSON = new ObjectMapper();
    static final int FILES = 4;
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
            Files.write(directory.resolve("input").resolve("part-" + file + ".jsonl"), input(file));
        }
    }

    /** The lines of an input file. */
    static List<String> input(int file) {
        return IntStream.range(0, LINES)
                .filter(number -> number % IDS % FILES == file)
                .boxed()
                .flatMap(number -> lines(number).stream())
                .toList();
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

    @Override
    public String file(String... options) throws IOException {
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

    @Override
    public void release() throws IOException {
        Files.createFile(directory.resolve("input").resolve(ThrottledFileSystem.RELEASE));
    }

    @Override
    public boolean isReleased() {
        return Files.exists(directory.resolve("input").resolve(ThrottledFileSystem.RELEASE));
    }

    @Override
    public void holdStop() throws IOException {
        Files.createFile(directory.resolve("input").resolve(ThrottledFileSystem.HOLD));
    }

    @Override
    public void endStop() throws IOException {
        Files.delete(directory.resolve("input").resolve(ThrottledFileSystem.HOLD));
    }

    /** Files that the sink has not finished. Their lines are not in the output. */
    List<Path> unfinishedFiles() throws IOException {
        return unfinishedFiles(output());
    }

    /** As {@link #unfinishedFiles}, of the dead letters. */
    List<Path> unfinishedDeadLetters() throws IOException {
        return unfinishedFiles(deadLetter());
    }

    private static List<Path> unfinishedFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> unfinished = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().contains(".inprogress.")) {
                    unfinished.add(entry);
                } else {
                    unfinished.addAll(unfinishedFiles(entry));
                }
            }
        }
        return unfinished;
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

    @Override
    public List<String> sortedDeadLetters() throws IOException {
        return sortedRecords(JobRunner.lines(deadLetter()));
    }

    /** The lines that are no records, as dead letters hold them, sorted. */
    static List<String> sortedRecords(List<String> deadLetters) throws IOException {
        List<String> records = new ArrayList<>();
        for (String line : deadLetters) {
            records.add(JSON.readTree(line).get("record").asText());
        }
        records.sort(null);
        return records;
    }

    @Override
    public List<String> resumption(List<String> jobs) {
        return List.of("--resume");
    }

    @Override
    public Optional<BrokerProcess> broker() {
        return Optional.empty();
    }

    @Override
    public boolean hasOutput() throws IOException {
        return !sortedOutput().isEmpty();
    }

    @Override
    public List<String> sortedOutput() throws IOException {
        return Files.isDirectory(output()) ? JobRunner.lines(output()) : List.of();
    }
}
