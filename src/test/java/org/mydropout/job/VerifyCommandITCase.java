package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for {@link VerifyCommand}: outputs of real jobs, left as they are or changed. */
class VerifyCommandITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;
    private Path job;

    @BeforeEach
    void setUp() throws IOException {
        Files.write(
                directory.resolve("in.jsonl"),
                IntStream.range(0, 100)
                        .mapToObj(
                                i ->
                                        "{\"id\":%d,\"step\":%d,\"n\":%d,\"features\":[1,2,3,4.5,NaN,%d]}"
                                                .formatted(i % 10, i / 10, i, i))
                        .toList());
        job =
                Files.writeString(
                        directory.resolve("job.yaml"),
                        """
                        execution.runtime-mode: BATCH
                        parallelism.default: 2
                        source: {connector: filesystem, path: %1$s/in.jsonl, format: json}
                        sink: {connector: filesystem, path: %1$s/out}
                        dropout: {rate: 0.5, seed: 42}
                        """
                                .formatted(directory));
    }

    private Outcome command(String name, String... options) {
        return JobRunner.run(
                Stream.concat(Stream.of(name, job.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static List<String> counts(Outcome outcome) {
        return outcome.out().lines().limit(5).map(line -> line.replaceAll(" +", " ")).toList();
    }

    /** Puts other lines in the place of the output. */
    private void rewrite(UnaryOperator<List<String>> change) throws IOException {
        List<String> lines =
                change.apply(new ArrayList<>(JobRunner.lines(directory.resolve("out"))));
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.write(directory.resolve("out/part-changed"), lines);
    }

    @Test
    void findsEveryRecordOfARunEqual() {
        assertThat(command("run").status()).isZero();

        Outcome outcome = command("verify");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(counts(outcome))
                .containsExactly(
                        "equal 100", "different 0", "missing 0", "unexpected 0", "repeated 0");
    }

    static Stream<Arguments> findsWhatIsWrong() {
        return Stream.of(
                arguments(
                        "a mantissa bit",
                        replaceFirst("9.0,", "9.000001,"),
                        "different 1",
                        "must have 9.0 (41100000) at index 3, but has 9.000001 (41100001)"),
                arguments(
                        "a swapped id",
                        change(
                                lines ->
                                        lines.set(
                                                0, lines.get(0).replace("\"id\":0", "\"id\":77"))),
                        "unexpected 1",
                        "id 77, step 0 is not expected"),
                arguments(
                        "a swapped id",
                        change(
                                lines ->
                                        lines.set(
                                                0, lines.get(0).replace("\"id\":0", "\"id\":77"))),
                        "missing 1",
                        "id 0, step 0 is missing"),
                arguments(
                        "a lost record",
                        change(lines -> lines.remove(0)),
                        "missing 1",
                        "is missing"),
                arguments(
                        "a repeated record",
                        change(lines -> lines.add(lines.get(0))),
                        "repeated 1",
                        "id 0, step 0 is there more often than expected"),
                arguments(
                        "another field",
                        change(lines -> lines.set(0, lines.get(0).replace("\"n\":0", "\"n\":1"))),
                        "different 1",
                        "must have the other fields {\"id\":0,\"step\":0,\"n\":0"),
                arguments("a shorter vector", replaceFirst(",NaN", ""), "different 1", "index 4"),
                arguments(
                        "a line that is no record",
                        change(lines -> lines.add("nonsense")),
                        "unexpected 1",
                        "part-changed:101 is no record"));
    }

    private static UnaryOperator<List<String>> replaceFirst(String text, String by) {
        return change(
                lines -> {
                    int at = 0;
                    while (!lines.get(at).contains(text)) {
                        at++;
                    }
                    lines.set(at, lines.get(at).replace(text, by));
                });
    }

    private static UnaryOperator<List<String>> change(Consumer<List<String>> edit) {
        return lines -> {
            edit.accept(lines);
            return lines;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void findsWhatIsWrong(
            String name, UnaryOperator<List<String>> change, String count, String difference)
            throws IOException {
        command("run");
        rewrite(change);

        Outcome outcome = command("verify");

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
        assertThat(counts(outcome)).contains(count);
        assertThat(outcome.out()).contains(difference);
    }

    @Test
    void findsAnotherSeedDifferent() {
        command("run");

        Outcome outcome = command("verify", "-Ddropout.seed=43");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out().lines()).hasSize(5 + 10);
    }

    @Test
    void verifiesFromTheProvenanceOfTheRecords() throws IOException {
        String provenance = "-Dsink.provenance=true";
        assertThat(command("run", provenance, "-Daugment.copies=2").status()).isZero();
        assertThat(JobRunner.lines(directory.resolve("out")))
                .hasSize(200)
                .allMatch(
                        line ->
                                line.matches(
                                        ".*,\"provenance\":\"flink-mydropout/[0-9.]+\\?copies=2&rate=0.5&seed=42\"}"));

        Outcome outcome = command("verify", provenance, "-Ddropout.seed=1", "-Ddropout.rate=0.1");

        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        assertThat(counts(outcome)).contains("equal 200");
    }

    @Test
    void verifiesCsvWithCopiesAndEvaluationRows() throws IOException {
        Files.write(
                directory.resolve("in.csv"),
                List.of("id,features,test", "1,1;2;3,false", "2,1;2;3,true", "3,,false", "x,y,z"));
        String[] options = {
            "-Dsource.path=" + directory.resolve("in.csv"),
            "-Dsource.format=csv",
            "-Dsource.fields.deterministic=test",
            "-Dsink.provenance=true",
            "-Daugment.copies=3",
            "-Ddead-letter.connector=filesystem",
            "-Ddead-letter.path=" + directory.resolve("dead")
        };
        assertThat(command("run", options).status()).isZero();

        Outcome outcome = command("verify", options);

        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        assertThat(counts(outcome)).contains("equal 7");
    }

    @Test
    void verifiesAConstantStepThatManyRecordsOfAnIdShare() throws IOException {
        String[] options = {"-Ddropout.step-from=constant", "-Ddropout.step=3"};
        assertThat(command("run", options).status()).isZero();

        Outcome outcome = command("verify", options);

        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        assertThat(counts(outcome)).contains("equal 100");
    }

    @Test
    void refusesWhatCannotBeVerified() {
        assertThat(command("verify").err()).contains("sink.path must hold the output of a job");
        command("run", "-Ddropout.step-from=counter");

        Outcome counter = command("verify", "-Ddropout.step-from=counter");
        assertThat(counter.status()).isEqualTo(2);
        assertThat(counter.err()).contains("dropout.step-from must not be counter");

        Outcome provenance = command("verify", "-Dsink.provenance=true");
        assertThat(provenance.status()).isEqualTo(2);
        assertThat(provenance.err()).contains("must have the field provenance");
    }
}
