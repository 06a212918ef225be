package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.math.FloatType;

/** Tests for jobs with {@code source.features-type}, from files to files. */
class ElementTypesITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String CHAIN =
            "[{type: dropout, rate: 0.3}, {type: stochastic-depth, rate: 0.4}]";

    @TempDir private Path directory;

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(
                directory.resolve("in.jsonl"),
                IntStream.range(0, 30)
                        .mapToObj(
                                id ->
                                        "{\"id\":%d,\"features\":[[%s,0.1],[-3.3,70]],\"step\":%d}\n"
                                                .formatted(id, 0.01 * id, id % 3))
                        .collect(Collectors.joining()));
        Files.writeString(
                directory.resolve("large.jsonl"),
                """
                {"id":1,"features":[1,65519],"step":0}
                {"id":2,"features":[1,65520],"step":0}
                """);
    }

    private String job(String source, String type, String options) throws IOException {
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                execution: {runtime-mode: STREAMING, checkpointing: {interval: 1 s}}
                parallelism: {default: 2}
                source: {connector: filesystem, path: %s, format: json, features-type: %s}
                sink: {connector: filesystem, path: %s, overwrite: true, provenance: true}
                dead-letter: {connector: filesystem, path: %s}
                %s"""
                        .formatted(
                                directory.resolve(source),
                                type,
                                directory.resolve("out"),
                                directory.resolve("dead"),
                                options));
        return job.toString();
    }

    private static Outcome done(String... arguments) {
        Outcome outcome = JobRunner.run(arguments);
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        return outcome;
    }

    @ParameterizedTest
    @EnumSource
    void appliesLayersInTheTypeAndFindsThemAgain(FloatType type) throws IOException {
        String options = "rng: {seed: 42, x64: true}\nlayers: %s\n".formatted(CHAIN);
        String job = job("in.jsonl", type.toString(), options);
        Outcome run = done("run", job);
        assertThat(run.out())
                .contains("  y = jnp.array(before[\"features\"], jnp.%s)\n".formatted(type));

        DropoutConfig config =
                DropoutConfig.from(
                        Configuration.fromMap(
                                Map.of("rng.seed", "42", "rng.x64", "true", "layers", CHAIN)));
        ElementType element = ElementType.valueOf(type.name());
        List<String> lines = JobRunner.lines(directory.resolve("out"));
        assertThat(lines).hasSize(30);
        for (String line : lines) {
            JsonNode record = MAPPER.readTree(line);
            int id = record.get("id").asInt();
            double[] before = {
                nearest(0.01 * id, type), nearest(0.1, type), nearest(-3.3, type), 70
            };
            double[] expected =
                    config.transform()
                            .typed(type)
                            .apply(id, id % 3, before, Shape.of(2, 2))
                            .values();
            JsonNode found = record.get("features");
            for (int i = 0; i < 4; i++) {
                assertThat(element.bits(found.get(i / 2).get(i % 2).asDouble()))
                        .isEqualTo(element.bits(expected[i]));
            }
            assertThat(record.get("provenance").asText())
                    .contains("?format=2&features-type=" + type);
        }

        assertThat(done("verify", job).out()).containsPattern("equal +30\n");
        assertThat(done("explain", job, "--record", lines.get(0)).out())
                .contains("The vector is, bit for bit, what its provenance gives.");
        String sheet = directory.resolve("sheet.html").toString();
        assertThat(done("sheet", job, "--written", "-o", sheet).out())
                .contains("All 10 written vectors are, bit for bit, what their provenance gives.");

        // A provenance has the type, too.
        String other = job("in.jsonl", "float32", options);
        assertThat(done("verify", other).out()).containsPattern("equal +30\n");
    }

    private Path firstFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static double nearest(double x, FloatType type) {
        return ElementType.valueOf(type.name()) == ElementType.BFLOAT16
                ? type.nearest((float) x)
                : type.nearest(x);
    }

    @Test
    void samplesSplitsAndCopiesRowsOfCsv() throws IOException {
        Files.writeString(
                directory.resolve("in.csv"),
                "id,features\n"
                        + IntStream.range(0, 40)
                                .mapToObj("%d,0.1;-3.3;70\n"::formatted)
                                .collect(Collectors.joining()));
        String job =
                job(
                        "in.csv",
                        "bfloat16",
                        """
                                dropout: {rate: 0.5, seed: 42}
                                augment.copies: 2
                                sample.fraction: 0.6
                                split: {into: {train: 0.7, test: 0.3}, to: field}
                                """);
        Path file = Path.of(job);
        Files.writeString(file, Files.readString(file).replace("format: json", "format: csv"));
        done("run", job);
        List<String> lines = JobRunner.lines(directory.resolve("out"));
        assertThat(lines)
                .hasSizeBetween(20, 79)
                .filteredOn(line -> !line.startsWith("id,"))
                .allMatch(
                        line ->
                                line.matches(
                                        "\\d+,(0\\.0|0\\.2001953125);(0\\.0|-6\\.59375);(0\\.0|140\\.0),[01],(train|test),.*"));
        assertThat(done("verify", job).out()).containsPattern("equal +%d\n".formatted(rows(lines)));
    }

    private static long rows(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("id,")).count();
    }

    @Test
    void refusesWhatTheTypeCannotHold() throws IOException {
        done("run", job("large.jsonl", "float16", "dropout: {rate: 0, seed: 1}\n"));
        assertThat(JobRunner.lines(directory.resolve("out")))
                .singleElement()
                .asString()
                .startsWith("{\"id\":1,\"features\":[1.0,65504.0],\"step\":0,");
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .singleElement()
                .asString()
                .contains(
                        "OUT_OF_RANGE",
                        "within float16, at most 65504.0 in size, but is an array whose element 1 is 65520.");
    }

    @Test
    void findsAnElementThatIsNotWhatItsProvenanceGives() throws IOException {
        String job = job("in.jsonl", "bfloat16", "dropout: {rate: 0.5, seed: 1}\n");
        done("run", job);
        Path out = firstFile();
        String line = Files.readAllLines(out).get(0);
        double first = MAPPER.readTree(line).get("features").get(1).get(1).asDouble();
        String wrong =
                line.replaceFirst("," + (first + "").replace(".", "\\.") + "\\]\\]", ",141.0]]");
        assertThat(wrong).isNotEqualTo(line);
        Files.writeString(out, Files.readString(out).replace(line, wrong));
        Outcome verify = JobRunner.run("verify", job);
        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out())
                .containsPattern(
                        "must have %s \\([0-9a-f]{4}\\) at index 3, but has 141.0 \\(430d\\)"
                                .formatted(first));
        Outcome explain = JobRunner.run("explain", job, "--record", wrong);
        assertThat(explain.status()).isEqualTo(1);
        assertThat(explain.out().replaceAll("\\s+", " "))
                .contains("element 3 must be %s, but is 141.0.".formatted(first));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float64|dropout: {rate: 0.1, seed: 1}|dropout.x64 must be true where source.features-type is float64, since JAX makes float32 of it otherwise, but is false.",
                "float64|layers: [{type: dropout, rate: 0.1}]|rng.x64 must be true where",
                "float16|layers: [{type: gaussian-noise, stddev: 1}]|source.features-type must be float32 unless every layer is dropout, or stochastic-depth of the form select or scenic, but is float16: The type of the elements of GaussianNoise must be float32, but is float16.",
                "bfloat16|layers: [{type: stochastic-depth, rate: 0.1, form: floor}]|but is bfloat16: form must be 'select' or 'scenic' where the elements are bfloat16, but is 'floor'.",
                "float8|layers: [{type: dropout, rate: 0.1}]|source.features-type must be one of float32, float64, bfloat16, float16, but is 'float8'.",
            })
    void refusesATypeWithASentence(String type, String options, String sentence)
            throws IOException {
        String seed = options.startsWith("layers") ? "rng.seed: 1\n" : "";
        Outcome outcome = JobRunner.run("run", job("in.jsonl", type, options + "\n" + seed));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().replaceAll("\\s+", " ")).contains(sentence);
    }
}
