package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;

/**
 * Tests for {@link ExplainCommand}. {@code src/test/python/check_explain.py} checks with the real
 * JAX and Flax that its Python gives the same arrays.
 */
class ExplainCommandTest {

    @TempDir private Path directory;
    private Path job;

    @BeforeEach
    void writeJob() throws Exception {
        Path source = directory.resolve("in.jsonl");
        Files.writeString(
                source,
                """
                {"id":0,"step":2,"features":[9,9,9,9]}
                no record
                {"id":1,"step":0,"features":[5,6,7,8]}
                {"id":1,"step":2,"features":[1,2,3,4]}
                """);
        job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                source: {connector: filesystem, path: %s, format: json}
                sink: {connector: filesystem, path: %s}
                dropout: {rate: 0.5, seed: 42}
                """
                        .formatted(source, directory.resolve("out")));
    }

    @Test
    void explainsARecordOfTheSource() {
        Outcome outcome = explain(job.toString(), "--id", "1", "--step", "2");
        assertThat(outcome.out())
                .contains("Record id 1, step 2: 4 elements", "/in.jsonl:4.", "1.0", "dropped");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void showsTheMaskAsAnImageOfTheJobsShape() {
        String image = explain(job.toString(), "--id", "1", "-Dsource.shape=2x2").out();
        assertThat(image).contains("┌──┐", "└──┘");
        assertThat(explain(job.toString(), "--id", "1").out()).doesNotContain("┌");
    }

    @Test
    void saysThatNoRecordHasTheId() {
        Outcome unknown = explain(job.toString(), "--id", "77");
        assertThat(unknown.err())
                .contains("--id must name a record of", "but none of its 4 lines has the id '77'.");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(
                        explain(job.toString(), "--id", "77", "--step", "0", "--size", "4")
                                .out()
                                .replaceAll("\\s+", " "))
                .contains("has no record of this id: all of its 4 lines were read.");
    }

    @Test
    void takesTheVectorOfAnotherStepAndSaysSo() {
        assertThat(explain(job.toString(), "--id", "1", "--step", "7").out())
                .containsPattern("The vector before is that of step 0,\\s+\\S+in.jsonl:3;")
                .containsPattern("there is\\s+none of\\s+step 7.");
    }

    @Test
    void takesTheStepOfTheRecordWhereNoneIsGiven() {
        assertThat(explain(job.toString(), "--id", "0").out()).contains("Record id 0, step 2:");
    }

    @Test
    void explainsWithoutAJob() {
        Outcome outcome =
                explain(
                        "--seed",
                        "42",
                        "--rate",
                        "0.5",
                        "--size",
                        "4",
                        "--id",
                        "1",
                        "--step",
                        "2",
                        "--elements",
                        "3");
        assertThat(outcome.out())
                .contains(
                        "Record id 1, step 2: 4 elements",
                        "[1.0] * 4",
                        "x      3  0.5577111 dropped")
                .doesNotContain("x      2  0.");
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "[{type: categorical}], true",
        "'[{type: scale, stddev: 1}]', false",
    })
    void saysThatFieldsAreThoseOfOnesWhereNoVectorIsKnown(String layers, boolean isSaid) {
        String[] record = "--seed 42 --size 4 --id 17 --step 3".split(" ", -1);
        List<String> arguments = new ArrayList<>(List.of(record));
        arguments.add("-Dlayers=" + layers);
        String note =
                "No vector is known. What layers write beside it is shown for a vector of ones:"
                        + " index, log_probability.";
        String shown = explain(arguments.toArray(new String[0])).out().replaceAll("\\s+", " ");
        assertThat(shown.contains(note)).isEqualTo(isSaid);
        assertThat(shown).contains("[1.0] * 4");
    }

    @Test
    void explainsAnIdThatIsAText() {
        assertThat(
                        explain(
                                        "--seed",
                                        "42",
                                        "--rate",
                                        "0.5",
                                        "--size",
                                        "4",
                                        "--id",
                                        "é",
                                        "--step",
                                        "2",
                                        "-Ddropout.id-type=string")
                                .out())
                .contains("Record id é, step 2", "after = {\"id\": \"é\", \"step\": 2}");
    }

    @Test
    void findsAWrittenRecordToBeWhatItsProvenanceGives() {
        String line = written();
        assertThat(explain("--record", line).out())
                .contains("The vector is 0 where its provenance drops elements.");
        Outcome outcome = explain(job.toString(), "--record", line);
        assertThat(outcome.out())
                .contains("The vector is, bit for bit, what its provenance gives.");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void findsAWrittenRecordNotToBeWhatItsProvenanceGives() {
        String line = written().replaceFirst("\\[[^,]*,", "[77.5,");
        Outcome outcome = explain(job.toString(), "--record", line);
        assertThat(outcome.out()).contains("is not what its provenance gives: element 0 must be");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void readsARecordFromStandardInput() {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(written().getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(explain().out()).contains("Record id 1, step 2");
        } finally {
            System.setIn(in);
        }
    }

    @Test
    void explainsALineOfTheSource() {
        assertThat(
                        explain(
                                        job.toString(),
                                        "--record",
                                        "{\"id\":5,\"step\":6,\"features\":[1,2]}")
                                .out())
                .contains("Record id 5, step 6: 2 elements", "The vector is the given record's.");
    }

    @Test
    void printsJson() {
        assertThat(explain(job.toString(), "--id", "1", "--step", "2", "--json").out())
                .startsWith("{\"format\":1,\"id\":1,\"step\":2,\"size\":4,")
                .endsWith("}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--id 1 --step 2 --size 4 | dropout.rate must be set",
                "--seed 1 --rate 2 --id 1 --step 2 --size 4 | dropout.rate must be a number from 0 to 1",
                "--seed 1 --rate 0.1 --id 1 --step 2 | --size must be given where no vector is known.",
                "--seed 1 --rate 0.1 --id 1 --size 4 | --step must be given",
                "--seed 1 --rate 0.1 --id x --step 2 --size 4 | --id must be a whole number of at most 64 bits when the id type is uint32, but is 'x'.",
                "--seed 1 --rate 0.1 --id -1 --step 2 --size 4 | The id of a record must be from 0 to 4294967295",
                "--seed 1 --rate 0.1 --id 1 --step x --size 4 | --step must be a whole number of at most 64 bits, but is 'x'.",
                "--seed 1 --rate 0.1 --id 1 --step 2 --size -4 | --size must be at least 0, but is -4.",
                "--seed 1 --rate 0.1 --id 1 --step 2 --size 4 --shape 2 | --shape must be HEIGHTxWIDTH",
                "--seed 1 --rate 0.1 --id 1 --step 2 --size 4 --shape 2x3 | --shape must have as many elements as the vector, 4, but 2x3x1 has 6.",
                "--seed 1 --rate 0.1 --id 1 --step 2 --size 4 --elements 3..4 | --elements must be indices from 0 to 3",
                "--record {} | The record must carry its provenance",
                "--record x -Ddropout.rat=1 | The record must carry its provenance"
            })
    void saysWhatIsWrong(String arguments, String problem) {
        Outcome outcome = explain(arguments.split(" "));
        assertThat(outcome.err()).startsWith("Nothing can be explained:").contains(problem);
        assertThat(outcome.status()).isEqualTo(2);
    }

    private String layersJob(String source, String format, String options) throws Exception {
        Path file = directory.resolve("layers." + (format.equals("csv") ? "csv" : "jsonl"));
        Files.writeString(file, source);
        Files.writeString(
                job,
                """
                source: {connector: filesystem, path: %s, format: %s}
                sink: {connector: filesystem, path: %s}
                rng.seed: 42
                %s"""
                        .formatted(file, format, directory.resolve("out"), options));
        return job.toString();
    }

    /** An output line that carries its provenance. */
    private static String line(String fields, String options) {
        return "{\"id\":1,\"step\":2,%s,\"provenance\":\"flink-mydropout/0.1.0?format=2&%s\"}"
                .formatted(fields, options);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "json | {'id':1,'step':0,'features':[[1,2],[3,4],[5,6]]}",
                "csv | id,step,features;1,0,'[[1,2],[3,4],[5,6]]'"
            })
    void writesTheVectorInTheShapeOfTheRecord(String format, String source) throws Exception {
        String path =
                layersJob(
                        source.replace(';', '\n').replace('\'', '"') + "\n",
                        format,
                        "layers: [{type: permute}]\n");
        assertThat(explain(path, "--id", "1").out())
                .contains("[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]");
    }

    @Test
    void writesOnesInTheShapeOfAWrittenRecord() {
        String line =
                line(
                        "\"features\":[[1,2],[3,4],[5,6]]",
                        "layers=%5B%7Btype%3A+permute%7D%5D&seed=42");
        assertThat(explain("--record", line).out())
                .contains("before = {\"features\": [[1.0] * 2] * 3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layers: [{type: permute}]",
                "layers: [{type: permute}]\nrng.rng-separator: true",
                "dropout.rate: 0.5\nsample.fraction: 1.0"
            })
    void importsLinenOnce(String options) throws Exception {
        String path = layersJob("{\"id\":1,\"step\":0,\"features\":[1]}\n", "json", options + "\n");
        assertThat(explain(path, "--id", "1").out())
                .containsOnlyOnce("import flax.linen as nn")
                .doesNotContain("import flax.linen\n");
    }

    @Test
    void comparesWhatALayerWritesBesideTheVector() throws Exception {
        String path =
                layersJob(
                        "{\"id\":1,\"step\":2,\"features\":[1,2,3]}\n",
                        "json",
                        "layers: [{type: categorical}]\n");
        String told = explain(path, "--id", "1", "--json").out();
        String fields = told.replaceFirst("(?s).*\"fields\":\\{([^}]*)}.*", "$1");
        String options = "layers=%5B%7Btype%3A+categorical%7D%5D&profile=xla-2026&seed=42";

        Outcome right = explain(path, "--record", line("\"features\":[]," + fields, options));
        Outcome wrong =
                explain(
                        path,
                        "--record",
                        line(
                                "\"features\":[],"
                                        + fields.replaceFirst(
                                                "log_probability\":.*", "log_probability\":-9.5"),
                                options));
        Outcome missing = explain(path, "--record", line("\"features\":[]", options));

        assertThat(right.out()).contains("is, bit for bit, what its provenance gives.");
        assertThat(right.status()).isZero();
        assertThat(wrong.out())
                .containsPattern(
                        "log_probability\\s+must\\s+be\\s+-[0-9.]+,\\s+but\\s+is\\s+-9.5\\.");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(missing.out())
                .containsPattern("index\\s+must\\s+be\\s+[0-2],\\s+but\\s+is\\s+missing\\.");
        assertThat(missing.status()).isEqualTo(1);
    }

    @Test
    void saysThatAChainCannotBeCheckedWithoutTheVectorBefore() {
        Outcome outcome =
                explain(
                        "--record",
                        line(
                                "\"features\":[77.5,77.5,77.5,77.5]",
                                "layers=%5B%7Btype%3A+dropout%2C+rate%3A+0.5%7D%2C+%7Btype%3A+gaussian-noise%2C+stddev%3A+1%7D%5D&seed=42"));
        assertThat(outcome.out())
                .contains("The vector cannot be checked, since the vector before the layers is not")
                .doesNotContain("is 0 where");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void findsAWrittenRecordThatIsNotInTheSample() {
        Outcome outcome =
                explain(
                        "--record",
                        line("\"features\":[1,2]", "layers=%5B%5D&sample.fraction=0.0&seed=42"));
        assertThat(outcome.out()).contains("it is not in the sample, but");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | type%3A+categorical | Categorical_0",
                "[1,2] | type%3A+crop%2C+size%3A+2 | Crop_0"
            })
    void showsTheKeysAloneWhereTheSizeBeforeIsNotKnown(String features, String layer, String name) {
        String line = line("\"features\":" + features, "layers=%5B%7B" + layer + "%7D%5D&seed=42");

        Outcome keys = explain("--record", line);
        Outcome sized = explain("--record", line, "--size", "5");

        assertThat(keys.out())
                .startsWith("Record id 1, step 2\n")
                .contains("Only the keys are shown", "Layer " + name, "fold_in, make_rng")
                .doesNotContain("The same in Python");
        assertThat(keys.status()).isZero();
        assertThat(sized.out())
                .startsWith("Record id 1, step 2: 5 elements\n")
                .contains("The same in Python");
        assertThat(sized.status()).isZero();
        assertThat(explain("--record", line, "--json").out()).contains("\"size\":null,");
        assertThat(explain("--record", line, "--elements", "0..1").err())
                .contains("--size must be given with --elements where no vector is known.");
    }

    @Test
    void takesTheShapeOfTheProvenance() {
        String line =
                line(
                        "\"features\":[1,2]",
                        "layers=%5B%7Btype%3A+crop%2C+size%3A+1x2%7D%5D&seed=42&shape=2x3");
        assertThat(explain("--record", line).out()).startsWith("Record id 1, step 2: 6 elements");
    }

    /** The record of id 1 and step 2 as the job writes it. */
    private String written() {
        String json = explain(job.toString(), "--id", "1", "--step", "2", "--json").out();
        String after = json.replaceFirst("(?s).*\"after\":(\\[[^]]*]).*", "$1");
        return "{\"id\":1,\"step\":2,\"features\":%s,\"provenance\":\"%s\"}"
                .formatted(after.strip(), "flink-mydropout/0.1.0?format=1&rate=0.5&seed=42");
    }

    private static Outcome explain(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        return JobRunner.run(all.toArray(new String[0]));
    }
}
