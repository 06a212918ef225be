package org.mydropout.job.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextFormat;

/** Tests for {@link JobConfigReader} and the readers that it uses. */
class JobConfigReaderTest {

    private static final String PART = "part-4ebdbec0-bbad-4ac2-af16-0e603d254400-0.jsonl";

    @TempDir private Path directory;
    private final Map<String, String> options = new HashMap<>();

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(directory.resolve("in.jsonl"), "{}\n");
        options.putAll(
                Map.of(
                        "execution.runtime-mode", "BATCH",
                        "dropout.rate", "0.1",
                        "dropout.seed", "42",
                        "source.connector", "filesystem",
                        "source.path", directory.resolve("in.jsonl").toString(),
                        "source.format", "json",
                        "sink.connector", "filesystem",
                        "sink.path", directory.resolve("out").toString()));
    }

    private JobConfig read() throws InvalidJobException, InterruptedException {
        return JobConfigReader.read(Configuration.fromMap(options));
    }

    private List<String> problems() {
        return catchThrowableOfType(InvalidJobException.class, this::read).problems();
    }

    @Test
    void fillsInDefaults() throws Exception {
        JobConfig config = read();

        assertThat(config.dropout().rate()).isEqualTo(0.1);
        assertThat(config.schema().idField()).isEqualTo("id");
        assertThat(config.schema().stepField()).isEqualTo("step");
        assertThat(config.schema().featuresField()).isEqualTo("features");
        assertThat(config.schema().step()).isEqualTo(StepField.READ);
        assertThat(config.copies()).isEmpty();
        assertThat(config.source().format()).isEqualTo(TextFormat.JSON);
        assertThat(config.deadLetter()).isEmpty();
    }

    @Test
    void takesRelativePathsFromTheWorkingDirectory() throws Exception {
        options.put("source.path", "jobs/data/broken.jsonl");

        assertThat(read().source().description())
                .isEqualTo(Path.of("jobs/data/broken.jsonl").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{type: crop, size: 4} | 12 | one column where the layers make 4 elements of 12, but is p1..p12.",
                "{type: crop, size: 2x2} | 3x4 | one column where the layers make 4 elements of 12, but is p1..p12.",
                "{type: crop, size: 3x4} | 3x4 | none",
                "{type: crop, size: 13} | 12 | columns that the layers can be applied to, but is p1..p12: size must fit into the array, whose shape is 12, but is 13.",
                "{type: categorical} | 12 | one column where the layers make 0 elements of 12, but is p1..p12.",
                "{type: permute} | 12 | none"
            })
    void refusesColumnsThatLayersLeaveWithoutNumbers(String layer, String shape, String problem)
            throws Exception {
        String columns =
                IntStream.rangeClosed(1, 12).mapToObj("p%d"::formatted).collect(joining(","));
        Path source = Files.writeString(directory.resolve("in.csv"), "id,step," + columns + "\n");
        options.putAll(
                Map.of(
                        "source.path",
                        source.toString(),
                        "source.format",
                        "csv",
                        "source.shape",
                        shape,
                        "source.fields.features",
                        "p1..p12",
                        "layers",
                        "[" + layer + "]"));
        options.remove("dropout.rate");
        for (String deterministic : List.of("false", "true")) {
            options.put("rng.deterministic", deterministic);
            if (problem == null || (deterministic.equals("true") && layer.contains("crop"))) {
                read();
            } else {
                assertThat(problems()).containsExactly("source.fields.features must be " + problem);
            }
        }
    }

    @Test
    void takesNoLayersForASampleOnlyWhereNothingOfADropoutIsSet() throws Exception {
        options.put("sample.fraction", "0.5");
        options.remove("dropout.rate");
        assertThat(read().dropout().layers()).contains(List.of());

        options.put("dropout.scaling", "divide");

        assertThat(problems())
                .containsExactly(
                        "dropout.rate must be set to a number from 0 to 1, the probability of a drop.");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        options.put("dropout.rate", "1.5");
        options.remove("dropout.seed");
        options.put("source.fields.id", "step");
        options.put("source.format", "xml");
        options.remove("source.connector");
        options.put("sink.overwrite", "perhaps");
        options.put("sorce.path", "x");
        options.put("dead-letter.connector", "filesystem");

        assertThat(problems())
                .anyMatch(problem -> problem.contains("dropout.rate") && problem.contains("1.5"))
                .anyMatch(problem -> problem.contains("dropout.seed"))
                .contains(
                        "source.format must be one of json, csv, but is 'xml'.",
                        "source.connector must be set to one of filesystem, kafka.",
                        "sink.overwrite must be true or false, but is 'perhaps'.",
                        "sorce.path is not an option; the nearest that is one is source.path.",
                        "dead-letter.path must be set to a directory.",
                        "source.fields.* must name different fields, but are step, step, features.")
                .hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "dropout.rte, dropout.rate",
        "dropout.step-form, dropout.step-from",
        "droput.rate, dropout.rate",
        "source.fields.feature, source.fields.features",
        "sinks.path, sink.path",
        "dead-leter.path, dead-letter.path",
        "dropout.rating, dropout.rate"
    })
    void namesTheNearestKnownOption(String key, String nearest) {
        options.put(key, "1");

        assertThat(problems())
                .containsExactly(
                        key + " is not an option; the nearest that is one is " + nearest + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "sink.committer.retries",
        "source.file.stream.io-fetch-size",
        "source.reader.element.queue.capacity",
        "sql-gateway.x"
    })
    void leavesFlinksOwnOptionsAlone(String key) throws Exception {
        options.put(key, "1");

        assertThat(read()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "source.max-line-size, 0 b, from 1 byte to 1 gb",
        "source.max-line-size, 2 gb, from 1 byte to 1 gb",
        "source.max-line-size, much, from 1 byte to 1 gb",
        "source.path, /no/such/file, but /no/such/file does not exist",
        "source.fields.id, step, must name different fields",
        "source.connector, kinesis, must be one of filesystem, kafka",
        "source.fields.deterministic, id, must name different fields",
        "augment.copies, 0, 'must be a whole number, 1 or more, but is 0.'",
        "augment.copies, some, must be a whole number",
        "sink.format, csv, must be the source's",
        "dead-letter.path, /tmp/x, dead-letter.connector must be set"
    })
    void refusesWhatCannotWork(String key, String value, String sentence) {
        options.put(key, value);

        assertThat(problems()).singleElement().asString().contains(sentence);
    }

    @Test
    void refusesPathsThatLieInEachOther() {
        options.put("source.path", directory.toString());

        assertThat(problems())
                .containsExactly(
                        "sink.path must not lie in source.path, but is %s in %s."
                                .formatted(directory.resolve("out"), directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "file:%s", "file://%s", "%s/../in", "%s/../link"})
    void refusesToWriteIntoTheSourceHoweverItIsNamed(String name) throws Exception {
        Path source = Files.createDirectory(directory.resolve("in"));
        Files.writeString(source.resolve(PART), "{}");
        Files.createSymbolicLink(directory.resolve("link"), source);
        options.put("source.path", source.toString());
        options.put("sink.path", name.formatted(source));
        options.put("sink.overwrite", "true");

        assertThat(problems()).anyMatch(problem -> problem.contains("must not lie in"));
    }

    @Test
    void refusesAnEarlierOutputUnlessItMayBeReplaced() throws Exception {
        Path earlier = Files.createDirectory(directory.resolve("out")).resolve(PART);
        Files.writeString(earlier, "{}\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("holds an earlier output; sink.overwrite: true replaces it");

        options.put("sink.overwrite", "true");
        assertThat(read()).isNotNull();
        assertThat(earlier).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos", "part-time-jobs.txt", "part-1-0.jsonl", ".part-x"})
    void neverReplacesFilesOfOthers(String name) throws Exception {
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out").resolve(name), "theirs");
        Files.writeString(directory.resolve("out").resolve(PART), "ours");
        options.put("sink.overwrite", "true");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("must be a directory of its own", "holds '" + name + "'");
    }

    @Test
    void refusesAFileToWriteInto() throws Exception {
        Files.writeString(directory.resolve("out"), "theirs");

        assertThat(problems()).singleElement().asString().contains("must be a directory", "a file");
    }

    @Test
    void readsTheHeaderOfCsvFiles() throws Exception {
        Files.writeString(directory.resolve("in.csv"), "id,features\n1,2\n");
        options.put("source.path", directory.resolve("in.csv").toString());
        options.put("source.format", "csv");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("must name the column 'step', but names [id, features]");

        options.put("dropout.step-from", "counter");
        assertThat(read().source().header().orElseThrow().columns())
                .isEqualTo(Arrays.asList("id", "features"));
    }

    @Test
    void refusesACsvFileWithoutHeader() throws Exception {
        Files.writeString(directory.resolve("in.csv"), "");
        options.put("source.path", directory.resolve("in.csv").toString());
        options.put("source.format", "csv");

        assertThat(problems()).isNotEmpty().allMatch(problem -> problem.contains("header"));
    }
}
