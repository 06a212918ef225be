package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for {@link RunCommand} with scripts of SQL statements, on a mini cluster. */
class RunScriptITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path directory;

    private Outcome run(String script, String... options) throws IOException {
        Path file = directory.resolve("job.sql");
        Files.writeString(file, script);
        List<String> arguments = new ArrayList<>(List.of("run", file.toString()));
        arguments.addAll(List.of(options));
        return JobRunner.run(arguments.toArray(String[]::new));
    }

    /** {@code jobs/augment.sql} with another output directory. */
    private String augment() throws IOException {
        String script = Files.readString(Path.of("jobs", "augment.sql"));
        String other = script.replace("target/augmented-sql", directory.resolve("out").toString());
        assertThat(other).isNotEqualTo(script);
        return other;
    }

    @Test
    void givesTheVectorsOfTheSameJobFileBitForBit() throws IOException {
        Outcome script = run(augment());
        Outcome job =
                JobRunner.run(
                        "run", "jobs/augment.yaml", "-Dsink.path=" + directory.resolve("operator"));

        assertThat(script.err()).isEmpty();
        assertThat(script.status()).isZero();
        assertThat(script.out()).startsWith("The INSERT of line 30 is done, in ");
        assertThat(job.status()).isZero();
        assertThat(records("out")).hasSize(1000).isEqualTo(records("operator"));
    }

    @Test
    void replacesTheOutputOfAnEarlierRun() throws IOException {
        run(augment());
        assertThat(run(augment()).status()).isZero();

        assertThat(lines("out")).hasSize(1000);
    }

    private List<String> lines(String output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve(output))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** The other fields and the bits of each record's vector. */
    private Map<String, List<Integer>> records(String output) throws IOException {
        Map<String, List<Integer>> records = new TreeMap<>();
        for (String line : lines(output)) {
            JsonNode node = MAPPER.readTree(line);
            List<Integer> bits = new ArrayList<>();
            for (JsonNode value : node.get("features")) {
                bits.add(Float.floatToRawIntBits(Float.parseFloat(value.asText())));
            }
            records.put(node.get("id") + " " + node.get("step") + " " + node.get("label"), bits);
        }
        return records;
    }

    @Test
    void namesFileAndLineOfAStatementThatIsRefused() throws IOException {
        Outcome outcome = run(augment().replace("0.1, 42", "1.1, 42"));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith(directory.resolve("job.sql") + ":30: ")
                .contains(
                        "dropout.rate must be a number from 0 to 1, the probability of a drop, but"
                                + " is 1.1.");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void namesTheLineOfThePartThatIsWrong() throws IOException {
        Outcome outcome = run("SET 'a' = 'b';\n\nSELECT 1,\n  missing;");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("job.sql:3: ")
                .contains("line 4, column 3")
                .contains("Column 'missing' not found");
    }

    @Test
    void failsWithTheSentenceOfARecordThatIsRefused() throws IOException {
        Outcome outcome = run(augment().replace("42, id,", "42, -1 - id,"));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("job.sql:30: The job failed: The id of a record must be from 0 to");
    }

    @Test
    void failsWithTheSentenceOfARowThatAQueryRefuses() throws IOException {
        Outcome outcome =
                run(
                        "LOAD MODULE mydropout;\nSELECT MYDROPOUT(CAST(ARRAY[1] AS ARRAY<FLOAT>), 0.5,"
                                + " 42, x, 0) FROM (VALUES -1) AS t(x);");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("job.sql:2: The job failed: The id of a record must be from 0 to");
    }

    @Test
    void hasFailedWhereAStatementIsRefusedAfterAJobHasRun() throws IOException {
        Outcome outcome = run(augment() + "SELECT missing;");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("job.sql:33: ", "Column 'missing' not found");
        assertThat(lines("out")).hasSize(1000);
    }

    @Test
    void runsAStatementSet() throws IOException {
        String sink =
                "CREATE TABLE %s (x INT) WITH ('connector' = 'filesystem', 'format' = 'json', 'path'"
                        + " = '"
                        + directory
                        + "/%s');\n";

        Outcome outcome =
                run(
                        "SET 'execution.runtime-mode' = 'batch';\n"
                                + sink.formatted("a", "a")
                                + sink.formatted("b", "b")
                                + "EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1;\n"
                                + "INSERT INTO b SELECT 2;\nEND;\n");

        assertThat(outcome.err()).isEmpty();
        assertThat(lines("a")).containsExactly("{\"x\":1}");
        assertThat(lines("b")).containsExactly("{\"x\":2}");
    }

    @Test
    void letsTheCommandLineLieOverSet() throws IOException {
        String script =
                "SET 'execution.runtime-mode' = 'streaming';\nLOAD MODULE mydropout;\n"
                        + "EXPLAIN SELECT * FROM MYDROPOUT_STEPS(input => TABLE t);";

        assertThat(run(script, "-Dexecution.runtime-mode=batch").err())
                .contains("MYDROPOUT_STEPS needs execution.runtime-mode streaming");
        assertThat(run(script).err()).doesNotContain("MYDROPOUT_STEPS needs");
    }

    @Test
    void refusesAModeThatComesTooLate() throws IOException {
        Outcome outcome = run("LOAD MODULE mydropout;\nSET 'execution.runtime-mode' = 'batch';");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "job.sql:2: execution.runtime-mode must be set before all statements other"
                                + " than SET.");
    }

    @Test
    void refusesAScriptThatDoesNotExist() {
        Outcome outcome = JobRunner.run("run", directory.resolve("none.sql").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("none.sql must be a file that can be read, but does not exist.");
    }

    @Test
    void refusesAScriptThatIsTooLarge() throws IOException {
        Outcome outcome = run(" ".repeat(131_073));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("job.sql must have at most 131072 bytes, but has more.");
    }

    @Test
    void printsTheResultOfAQuery() throws IOException {
        Outcome outcome = run("SELECT 40 + 2 AS x;");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsPattern("\\| +42 \\|").endsWith("1 row in set\n");
    }

    @Test
    void printsNoSecretOfATableThatIsShown() throws IOException {
        Outcome outcome =
                run(
                        "CREATE TABLE t (x INT) WITH ('connector' = 'kafka',"
                                + " 'properties.sasl.jaas.config' = 'a.b required"
                                + " username=\"it''s hunter1\" password=hunter2;');\n"
                                + "SHOW CREATE TABLE t;");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("'connector' = 'kafka'", "'properties.sasl.jaas.config' = '******'")
                .doesNotContain("hunter");
    }

    @Test
    void printsNoSecretOfAScriptThatIsRefused() throws IOException {
        String table =
                "CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'topic' = 'in', 'format' ="
                        + " 'json', 'no-such-option' = 'x', 'properties.ssl.keystore.key' ="
                        + " 'it''s hunter2', 'properties.sasl.jaas.config' = 'a b"
                        + " password=\"hunter3\";');\n";

        Outcome unknown = run("SET 's3.secret-key' = 'hunter4';\n" + table + "SELECT * FROM t;");
        Outcome misspelt = run(table.replace("config' =", "config'") + "SELECT * FROM t;");

        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("job.sql:3: ", "no-such-option", "'properties.ssl.keystore.key'='******'")
                .doesNotContain("hunter");
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err()).contains("job.sql:1: ").doesNotContain("hunter");
    }
}
