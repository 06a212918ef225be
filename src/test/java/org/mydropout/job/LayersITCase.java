package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.Shape;

/** Tests for jobs with {@code layers}, from files to files. */
class LayersITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String CHAIN =
            """
            rng: {seed: 42}
            layers:
              - {type: dropout, rate: 0.25}
              - {type: gaussian-noise, stddev: 0.5}
              - {type: erase, size: [2, 3], fill: 9}
              - {type: crop, size: 3x4}
            """;

    private static final String CATEGORICAL =
            """
            rng: {seed: 42, step-from: constant, step: 5}
            layers: [{type: categorical, top-k: 3}]
            """;

    @TempDir private Path directory;

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(
                directory.resolve("flat.jsonl"),
                IntStream.range(0, 40)
                        .mapToObj(
                                id ->
                                        "{\"features\":%s,\"id\":%d,\"step\":%d,\"label\":\"é\"}\n"
                                                .formatted(vector(id, 20), id, id % 3))
                        .collect(Collectors.joining()));
        Files.writeString(
                directory.resolve("logits.csv"),
                "id,features\n"
                        + IntStream.range(0, 40)
                                .mapToObj(
                                        id ->
                                                "%d,%s\n"
                                                        .formatted(
                                                                id,
                                                                vector(id, 6)
                                                                        .replaceAll("[\\[\\] ]", "")
                                                                        .replace(',', ';')))
                                .collect(Collectors.joining()));
    }

    private static String vector(int id, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> String.valueOf((i * 7 + id) % 11 / 4f))
                .toList()
                .toString();
    }

    private Path job(String source, String options) throws IOException {
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                execution: {runtime-mode: STREAMING, checkpointing: {interval: 1 s}}
                parallelism: {default: 2}
                source.connector: filesystem
                source.path: %s
                source.format: %s
                sink: {connector: filesystem, path: %s, overwrite: true}
                dead-letter: {connector: filesystem, path: %s}
                %s"""
                        .formatted(
                                directory.resolve(source),
                                source.endsWith("csv") ? "csv" : "json",
                                directory.resolve("out"),
                                directory.resolve("dead"),
                                options));
        return job;
    }

    private Outcome done(String... arguments) {
        Outcome outcome = JobRunner.run(arguments);
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        return outcome;
    }

    private List<String> out() throws IOException {
        return JobRunner.lines(directory.resolve("out"));
    }

    private static KeyedTransform transform() {
        return DropoutConfig.from(
                        Configuration.fromMap(
                                java.util.Map.of(
                                        "rng.seed",
                                        "42",
                                        "layers",
                                        "[{type: dropout, rate: 0.25}, {type: gaussian-noise, stddev: 0.5},"
                                                + " {type: erase, size: 2x3, fill: 9}, {type: crop, size: 3x4}]")))
                .transform();
    }

    @Test
    void appliesTheLayersInOrderAndVerifiesThem() throws IOException {
        String job = job("flat.jsonl", CHAIN + "source.shape: 4x5\n").toString();
        Outcome run = done("run", job);

        assertThat(run.out())
                .containsPattern("records out +40 ")
                .containsPattern("elements kept +1,\\d{3}  0\\.\\d{5} of all, expected 0\\.72500\n")
                .contains(
                        "  y = apply_layer(lambda: MyDropout(rate=0.25, broadcast_dims=(), name=\"MyDropout_0\"), key, y)\n")
                .contains(
                        "  y = apply_layer(lambda: Crop(size=(3, 4), name=\"Crop_0\"), key, y)\n");
        List<String> lines = out();
        assertThat(lines).hasSize(40);
        for (String line : lines) {
            JsonNode record = MAPPER.readTree(line);
            int id = record.get("id").asInt();
            float[] before = MAPPER.readValue(vector(id, 20), float[].class);
            LayerOutput expected =
                    transform().apply(id, record.get("step").asLong(), before, Shape.of(4, 5));
            assertThat(MAPPER.treeToValue(record.get("features"), float[].class))
                    .isEqualTo(expected.values());
        }
        assertThat(done("verify", job).out()).containsPattern("equal +40\n");
        assertThat(done("explain", job, "--id", "7").out())
                .containsSubsequence(
                        "Layer MyDropout_0",
                        "kept if its draw is below 6291456 of 2^23: float32 0.75",
                        "Layer GaussianNoise_0",
                        "Layer Erase_0",
                        "Layer Crop_0");
    }

    @Test
    void drawsASheetOfAChain() throws IOException {
        String job =
                job("flat.jsonl", CHAIN + "source.shape: 4x5\nsink.provenance: true\n").toString();
        done("run", job);
        Path sheet = directory.resolve("sheet.html");

        done("sheet", job, "--ids", "0..9", "-o", sheet.toString());
        assertThat(sheet).content().contains("MyDropout_0");
        Outcome written = done("sheet", job, "--written", "-o", sheet.toString());
        assertThat(written.out())
                .contains("All 10 written vectors are, bit for bit, what their provenance gives.");
    }

    @Test
    void verificationFindsAnotherLayer() throws IOException {
        String job = job("flat.jsonl", CHAIN + "source.shape: 4x5\n").toString();
        done("run", job);
        job("flat.jsonl", CHAIN.replace("fill: 9", "fill: 8") + "source.shape: 4x5\n");

        Outcome verify = JobRunner.run("verify", job);

        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out()).containsPattern("different +40\n");
    }

    @Test
    void provenanceHasTheLayers() throws IOException {
        String job =
                job("flat.jsonl", CHAIN + "source.shape: 4x5\nsink.provenance: true\n").toString();
        done("run", job);
        assertThat(out())
                .allMatch(
                        line ->
                                line.endsWith(
                                        "\"provenance\":\"flink-mydropout/0.1.0?format=2&layers=%5B%7Btype%3A+dropout%2C+rate%3A+0.25%7D%2C+%7Btype%3A+gaussian-noise%2C+stddev%3A+0.5%7D%2C+%7Btype%3A+erase%2C+size%3A+%5B2%2C+3%5D%2C+fill%3A+9%7D%2C+%7Btype%3A+crop%2C+size%3A+3x4%7D%5D&profile=xla-2026&seed=42&shape=4x5\"}"));
        job("flat.jsonl", "dropout: {rate: 0.5, seed: 1}\nsink.provenance: true\n");

        assertThat(done("verify", job).out()).containsPattern("equal +40\n");
    }

    @Test
    void refusesVectorsOfAnotherShape() throws IOException {
        Files.writeString(
                directory.resolve("flat.jsonl"),
                """
                {"id":1,"step":0,"features":[1,2,3]}
                {"id":2,"step":0,"features":[[1,2],[3,4]]}
                {"id":3,"step":0,"features":[[1,2,3,4,5],[1,2,3,4,5],[1,2,3,4,5],[1,2,3,4,5]]}
                """);
        String job = job("flat.jsonl", CHAIN).toString();
        done("run", job);

        assertThat(out()).hasSize(1);
        assertThat(out().get(0)).contains("\"features\":[[");
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"reason\":\"WRONG_SHAPE\""))
                .anyMatch(
                        line ->
                                line.contains(
                                        "size must fit into the array, whose shape is 2x2, but is 2x3."));
        assertThat(done("verify", job).out()).containsPattern("equal +1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"step: 5", "step: 5, deterministic: true"})
    void refusesWhatAreNoLogits(String options) throws IOException {
        Files.writeString(
                directory.resolve("logits.jsonl"),
                """
                {"id":1,"evaluation":false,"features":[NaN,2,3]}
                {"id":2,"evaluation":true,"features":[Infinity,2,3]}
                {"id":3,"evaluation":false,"features":[]}
                {"id":4,"evaluation":true,"features":[[1,2],[3,4]]}
                {"id":5,"evaluation":false,"features":[1,2,3]}
                {"id":6,"evaluation":true,"features":[1,-Infinity,3]}
                """);
        String job =
                job(
                                "logits.jsonl",
                                CATEGORICAL.replace("step: 5", options)
                                        + "source.fields.deterministic: evaluation\n")
                        .toString();
        done("run", job);

        assertThat(out()).hasSize(2).allMatch(line -> line.matches("\\{\"id\":[56],.*"));
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .hasSize(4)
                .satisfiesOnlyOnce(line -> assertThat(line).contains("NaN", "OUT_OF_RANGE"))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("[Infinity", "OUT_OF_RANGE"))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("[]", "WRONG_SHAPE"))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("[[1,2]", "WRONG_SHAPE"));
        assertThat(done("verify", job).out()).containsPattern("equal +2\n");
    }

    @Test
    void writesWhatALayerDrawsBesideTheVector() throws IOException {
        String job = job("logits.csv", CATEGORICAL).toString();
        Outcome run = done("run", job);

        assertThat(run.out())
                .doesNotContain("elements kept")
                .contains("  index, log_probability = apply_layer(lambda: Categorical(");
        assertThat(out()).contains("id,features,step,index,log_probability");
        assertThat(out())
                .filteredOn(line -> !line.startsWith("id"))
                .hasSize(40)
                .allMatch(line -> line.matches("\\d+,,5,[0-5],-\\d\\.\\d+"));
        assertThat(done("verify", job).out()).containsPattern("equal +40\n");
    }

    @Test
    void writesCellsInTheDialectOfTheSource() throws IOException {
        Path csv = directory.resolve("logits.csv");
        Files.writeString(csv, Files.readString(csv).replace(';', '|').replace(',', ';'));
        String dialect =
                "source.csv: {field-delimiter: ';', array-element-delimiter: '|'}\nsplit: {into: {a: 0.5, c: 0.5}, to: field}\n";
        String job = job("logits.csv", CATEGORICAL + dialect).toString();
        done("run", job);

        assertThat(out()).contains("id;features;step;split;index;log_probability");
        assertThat(out())
                .filteredOn(line -> !line.startsWith("id"))
                .hasSize(40)
                .allMatch(line -> line.matches("\\d+;;5;[ac];[0-5];-\\d\\.\\d+"));
        assertThat(done("verify", job).out()).containsPattern("equal +40\n");
    }

    /**
     * The logits of records 1 to 4 are [1, NaN], [Infinity, 1], twice -Infinity, [-Infinity, 1].
     */
    @Test
    void refusesLogitsThatAreNotFinite() throws IOException {
        Files.writeString(
                directory.resolve("logits.jsonl"),
                """
                {"id":1,"features":"AACAPwAAwH8="}
                {"id":2,"features":"AACAfwAAgD8="}
                {"id":3,"features":"AACA/wAAgP8="}
                {"id":4,"features":"AACA/wAAgD8="}
                """);
        String job =
                job("logits.jsonl", CATEGORICAL + "source.features-encoding: base64-le\n")
                        .toString();
        done("run", job);

        assertThat(out()).singleElement().asString().contains("\"id\":4", "\"index\":1");
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"reason\":\"OUT_OF_RANGE\""))
                .anyMatch(
                        line ->
                                line.contains(
                                        "Logits must be finite or -Infinity, but element 1 is NaN."));
        assertThat(done("verify", job).out()).containsPattern("equal +1\n");
    }

    @Test
    void refusesAFieldThatALayerAdds() throws IOException {
        Files.writeString(
                directory.resolve("logits.jsonl"),
                """
                {"id":1,"features":[1,2,3],"index":0}
                {"id":2,"features":[1,2,3]}
                """);
        String job = job("logits.jsonl", CATEGORICAL).toString();
        done("run", job);

        assertThat(out())
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .matches(
                                                "\\{\"id\":2,\"features\":\\[],\"step\":5,\"index\":[0-2],\"log_probability\":-.*}"));
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "The line must not have the field 'index', which the job adds"));
    }

    @Test
    void drawsAsLayersOfNnxDo() throws IOException {
        String layers =
                "[{type: dropout, rate: 0.25, flavor: nnx}, {type: scale, stddev: 0.5}, {type: dropout, rate: 0.5, flavor: nnx}]";
        String job =
                job("flat.jsonl", "rng.seed: 42\nsink.provenance: true\nlayers: " + layers + "\n")
                        .toString();
        Outcome run = done("run", job);

        assertThat(run.out())
                .contains(
                        "rngs = nnx.Rngs(dropout=key)\n",
                        "(nnx.Dropout(rate=0.25, broadcast_dims=(), rngs=rngs), y)\n");
        assertThat(done("verify", job).out()).containsPattern("equal +40\n");
        assertThat(done("explain", job, "--id", "7", "--json").out())
                .contains("\"name\":\"MyDropout, fork 1\",\"type\":\"MyDropout\",\"fork\":1,");
        String told = done("explain", job, "--record", out().get(7)).out();
        assertThat(told)
                .contains("fold_in, fork of nnx.Rngs             1  ", "fold_in, call", "flavor");
    }

    @Test
    void mixesWithAReferenceSetThatTheProvenanceNames() throws IOException {
        Path reference = directory.resolve("reference.jsonl");
        Files.writeString(reference, "{\"id\":1,\"features\":%s}\n".formatted(vector(99, 20)));
        String job =
                job(
                                "flat.jsonl",
                                "rng.seed: 42\nsink.provenance: true\nlayers: [{type: mixup, reference: %s}]\n"
                                        .formatted(reference))
                        .toString();
        done("run", job);

        assertThat(out())
                .hasSize(40)
                .allMatch(
                        line ->
                                line.matches(
                                        ".*\"mixup_partner\":\"1\",\"mixup_lambda\":0\\.\\d.*sha256.*"));
        assertThat(done("verify", job).out()).containsPattern("equal +40\n");

        Files.writeString(reference, "{\"id\":1,\"features\":%s}".formatted(vector(98, 20)));
        Outcome verify = JobRunner.run("verify", job);

        assertThat(verify.status()).isEqualTo(2);
        assertThat(verify.err()).contains("layers[0].sha256 must be that of its reference");
    }
}
