package org.mydropout.job.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.text.TextFormat;

/** Tests for {@link FileConnector}. */
class FileConnectorTest {

    private static final String PART = "part-4ebdbec0-bbad-4ac2-af16-0e603d254400-0.jsonl";

    @TempDir private Path directory;
    private final FileConnector connector = new FileConnector();
    private final Map<String, String> options = new HashMap<>();
    private OptionReader reader;

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(directory.resolve("in.jsonl"), "{}\n");
        options.put("source.path", directory.resolve("in.jsonl").toString());
        options.put("sink.path", directory.resolve("out").toString());
    }

    private Places read() {
        reader = new OptionReader(Configuration.fromMap(options));
        return new Places(
                connector.source(reader, Optional.of(TextFormat.JSON)).map(source -> source),
                connector.sink(reader, "sink").map(sink -> sink),
                Optional.empty());
    }

    private FileRecordSink sink() {
        return read().sinks(FileRecordSink.class).get("sink");
    }

    private List<String> problemsOfStart() {
        Places places = read();
        connector.checkStart(reader, places, new RunMode(false, Optional.empty()));
        return reader.problems();
    }

    private List<String> problemsOfOutput() {
        Places places = read();
        connector.checkWritten(reader, places);
        return reader.problems();
    }

    @Test
    void fillsInDefaults() {
        assertThat(read().source(FileRecordSource.class).orElseThrow().maxLineSize())
                .isEqualTo(64 << 20);
        assertThat(sink().overwrite()).isFalse();
        assertThat(reader.problems()).isEmpty();
    }

    /** Before start, and so before an earlier output is replaced. */
    @Test
    void refusesADirectoryInWhichNothingIsToBeRead() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        options.put("source.path", empty.toString());
        String sentence =
                "source.path must be a file, a directory or a pattern such as data/*.jsonl, but is %s, in which there is no file to read (%d hidden ones: their names begin with '.' or '_').";

        assertThat(problemsOfStart()).containsExactly(sentence.formatted(empty, 0));

        Files.createFile(empty.resolve("_SUCCESS"));
        Files.createFile(Files.createDirectory(empty.resolve("_temporary")).resolve("a.jsonl"));
        assertThat(problemsOfStart()).containsExactly(sentence.formatted(empty, 2));

        options.put("source.path", empty + "/*.csv");
        assertThat(problemsOfStart()).containsExactly(sentence.formatted(empty + "/*.csv", 2));
    }

    /** YAML can write such a character, and Java takes it in no path. */
    @ParameterizedTest
    @ValueSource(strings = {"source.path", "sink.path"})
    void refusesAPathWithACharacterOfNumberZero(String option) {
        options.put(option, "a\0b");

        read();

        assertThat(reader.problems())
                .singleElement()
                .asString()
                .startsWith(option + " must be a")
                .endsWith("but is 'a\\u0000b'.");
    }

    @Test
    void refusesAnEarlierOutputUnlessItMayBeReplaced() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("out")).resolve(PART), "{}\n");
        assertThat(problemsOfStart())
                .containsExactly(
                        "sink.path must be empty or not exist yet, but %s holds an earlier output; sink.overwrite: true replaces it."
                                .formatted(directory.resolve("out")));

        options.put("sink.overwrite", "true");
        assertThat(sink().overwrite()).isTrue();
        assertThat(problemsOfStart()).isEmpty();
    }

    @Test
    void goesOnAfterAnEarlierOutputWhenRestoredFromASavepoint() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("out")).resolve(PART), "{}\n");
        options.put("sink.overwrite", "true");
        options.put("execution.state-recovery.path", "/some/savepoint");

        assertThat(sink().overwrite()).isFalse();
        assertThat(problemsOfStart()).isEmpty();
    }

    @Test
    void needsTheOutputOfAJobThatHasRun() throws IOException {
        Path output = directory.resolve("out");
        assertThat(problemsOfOutput())
                .containsExactly(
                        "sink.path must hold the output of a job, but %s does not exist."
                                .formatted(output));

        Files.createDirectory(output); // a job that wrote nothing leaves nothing
        assertThat(problemsOfOutput()).isEmpty();

        options.put("sink.path", directory.resolve("in.jsonl").toString());
        assertThat(problemsOfOutput()).singleElement().asString().contains("a file");
    }

    @Test
    void saysWhatAFailedJobLeft() throws IOException {
        assertThat(sink().leftBehind("sink")).isEmpty();

        Path output = Files.createDirectory(directory.resolve("out"));
        Files.createFile(output.resolve(PART));
        Files.createFile(
                output.resolve(".%s.inprogress.%s".formatted(PART, PART.substring(5, 41))));
        assertThat(sink().leftBehind("sink"))
                .contains(
                        "%s holds 1 finished and 1 unfinished files, whose names begin with '.'; sink.overwrite: true lets the next run replace them."
                                .formatted(output));
    }
}
