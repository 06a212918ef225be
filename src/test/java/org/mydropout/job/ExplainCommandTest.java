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
