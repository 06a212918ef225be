package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for jobs with a {@code sample} or a {@code split}, from files to files. */
class SelectionITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final String SELECTION =
            """
            rng: {seed: 42}
            sample: {fraction: 0.5}
            split: {into: {train: 0.8, test: 0.2}}
            """;

    private static final int IDS = 200;

    @TempDir private Path directory;

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(
                directory.resolve("in.jsonl"),
                IntStream.range(0, IDS)
                        .mapToObj("{\"features\":[1,2,3],\"id\":%d,\"step\":0}\n"::formatted)
                        .collect(Collectors.joining()));
        Files.writeString(
                directory.resolve("in.csv"),
                "id,step,features\n"
                        + IntStream.range(0, IDS)
                                .mapToObj("%d,0,1;2;3\n"::formatted)
                                .collect(Collectors.joining()));
    }

    private String job(String source, String options) throws IOException {
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                execution: {checkpointing: {interval: 1 s}}
                source.connector: filesystem
                source.path: %s
                source.format: %s
                sink: {connector: filesystem, path: %s, overwrite: true}
                %s"""
                        .formatted(
                                directory.resolve(source),
                                source.endsWith("csv") ? "csv" : "json",
                                directory.resolve("out"),
                                options));
        return job.toString();
    }

    private static Outcome done(String... arguments) {
        Outcome outcome = JobRunner.run(arguments);
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
        return outcome;
    }

    private List<String> part(String name) throws IOException {
        return JobRunner.lines(directory.resolve("out").resolve(name));
    }

    private Path file(String part) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out").resolve(part))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().get();
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "BATCH, 4", "STREAMING, 1", "STREAMING, 4"})
    void takesAndSplitsTheSameRecordsHoweverItRuns(String mode, String parallelism)
            throws IOException {
        String job = job("in.jsonl", SELECTION);
        Outcome run =
                done(
                        "run",
                        job,
                        "-Dexecution.runtime-mode=" + mode,
                        "-Dparallelism.default=" + parallelism);
        List<String> train = part("train");
        List<String> test = part("test");

        // Seed 42, as Flax decides it.
        assertThat(train).hasSize(79);
        assertThat(test).hasSize(27);
        assertThat(run.out())
                .containsPattern("records out +106 ")
                .containsPattern("not sampled +94\n")
                .contains(
                        "  part = [\"train\", \"test\"][jax.jit(lambda key: Model(lambda: Split(bounds=(0.8,), name=\"Split_0\"))");
        assertThat(done("verify", job).out()).containsPattern("equal +106\n");
    }

    @Test
    void verificationFindsWhatIsWronglyThereOrMissingOrInAnotherPart() throws IOException {
        String job = job("in.jsonl", SELECTION + "execution.runtime-mode: BATCH\n");
        done("run", job);
        List<String> train = new ArrayList<>(Files.readAllLines(file("train")));
        List<String> all =
                IntStream.range(0, IDS)
                        .mapToObj("{\"features\":[1,2,3],\"id\":%d,\"step\":0}"::formatted)
                        .collect(Collectors.toList());
        all.removeAll(train);
        all.removeAll(Files.readAllLines(file("test")));
        String moved = train.remove(0);
        train.remove(0);
        train.add(all.get(0));
        Files.write(file("train"), train);
        Files.write(file("test"), List.of(moved), StandardOpenOption.APPEND);

        Outcome verify = JobRunner.run("verify", job);

        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out())
                .containsPattern("equal +104\n")
                .containsPattern("different +1\n")
                .containsPattern("missing +1\n")
                .containsPattern("unexpected +1\n")
                .contains("\"step\":0} in the part train, but has ")
                .contains("\"step\":0} in the part test\n");
    }

    @Test
    void refusesTheOutputOfOtherParts() throws IOException {
        done("run", job("in.jsonl", SELECTION + "execution.runtime-mode: BATCH\n"));
        String other = SELECTION.replace("test: 0.2", "rest: 0.2");

        Outcome outcome =
                JobRunner.run("run", job("in.jsonl", other + "execution.runtime-mode: BATCH\n"));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "holds 'test', an output that is no part of this job's; delete it, or name another directory.");
    }

    @Test
    void verificationFindsAFileInAnotherDirectory() throws IOException {
        String job = job("in.jsonl", SELECTION + "execution.runtime-mode: BATCH\n");
        done("run", job);
        Path deeper = directory.resolve("out/train/test");
        Files.createDirectory(deeper);
        Files.move(file("test"), deeper.resolve("part-0.jsonl"));

        Outcome verify = JobRunner.run("verify", job);

        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out())
                .containsPattern("equal +79\n")
                .containsPattern("different +27\n")
                .contains(" in the part train/test\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "in.jsonl;.*,\"step\":0,\"split\":\"(train|test)\",\"provenance\":\"flink-mydropout/.*format=2&dropout.rate=0.5&profile=xla-2026&seed=42&split.into=%7Btrain%3A.*\"}",
                "in.csv;`\\d+,0,[0-9.;]*,(train|test),flink-mydropout/.*|id,step,features,split,provenance`"
            })
    void writesThePartIntoAField(String source, String line) throws IOException {
        String job =
                job(
                        source,
                        """
                        execution.runtime-mode: BATCH
                        dropout: {rate: 0.5, seed: 42}
                        split: {into: {train: 0.8, test: 0.2}, to: field}
                        sink.provenance: true
                        """);
        done("run", job);

        assertThat(part("."))
                .hasSizeGreaterThanOrEqualTo(IDS)
                .allMatch(written -> written.matches(line));
        assertThat(done("verify", job).out()).containsPattern("equal +%d\n".formatted(IDS));
    }

    @Test
    void decidesByTheStepToo() throws IOException {
        String job =
                job(
                        "in.jsonl",
                        """
                        execution.runtime-mode: BATCH
                        rng: {seed: 42, step-from: constant, step: 7}
                        sample: {fraction: 0.5, by: record}
                        """);
        done("run", job);
        List<String> ofStep7 = part(".");
        assertThat(done("verify", job).out())
                .containsPattern("equal +%d\n".formatted(ofStep7.size()));

        done("run", job, "-Drng.step=8");

        assertThat(part(".")).isNotEqualTo(ofStep7);
    }

    @ParameterizedTest
    @CsvSource({"id", "record"})
    void accountsForCopies(String by) throws IOException {
        Files.writeString(
                directory.resolve("in.jsonl"), "\n{\"id\":1}\n", StandardOpenOption.APPEND);
        String job =
                job(
                        "in.jsonl",
                        """
                        execution.runtime-mode: BATCH
                        rng: {seed: 42}
                        augment: {copies: 3}
                        sample: {fraction: 0.5, by: %s}
                        dead-letter: {connector: filesystem, path: %s}
                        """
                                .formatted(by, directory.resolve("dead")));
        String summary = done("run", job).out();

        long notSampled = count(summary, "not sampled");
        assertThat(count(summary, "records in") + count(summary, "copies"))
                .isEqualTo(count(summary, "records out") + 1 + notSampled);
        assertThat(count(summary, "records in")).isEqualTo(IDS + 1);
        if (by.equals("id")) {
            assertThat(notSampled).isEqualTo(94);
            assertThat(count(summary, "records out")).isEqualTo(3 * 106);
        } else {
            assertThat(count(summary, "copies")).isEqualTo(2 * IDS);
        }
        assertThat(summary)
                .containsPattern("layers +none: vectors pass unchanged\n")
                .doesNotContain("elements");
        assertThat(done("verify", job).out())
                .containsPattern("equal +%d\n".formatted(count(summary, "records out")));
    }

    private static long count(String summary, String label) {
        return Pattern.compile("^" + label + " +([\\d,]+)", Pattern.MULTILINE)
                .matcher(summary)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1).replace(",", "")))
                .sum();
    }

    @Test
    void explainSaysWhereARecordGoes() throws IOException {
        String job = job("in.jsonl", SELECTION + "execution.runtime-mode: BATCH\n");
        done("run", job);
        String id = part("test").get(0).replaceAll(".*\"id\":(\\d+).*", "$1");

        assertThat(done("explain", job, "--id", id).out())
                .contains("The record is in the part test.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "sample.fraction: 1.5 | sample.fraction must be a number from 0 to 1, but is 1.5.",
                "sample.by: record | sample.fraction must be set to a number from 0 to 1.",
                "split.into: {a: 0.5} | split.into must be parts with shares above 0 that add up to 1, such as {train: 0.8, test: 0.2}, but is '{a: 0.5}'.",
                "split.into: {.a: 1} | The parts of split.into must have names of letters, digits, '_', '.' and '-', the first a letter or digit, but one is '.a'.",
                "split.in: {a: 1} | split.in.a is not an option; the nearest that is one is split.into."
            })
    void refusesASelectionInASentence(String options, String problem) throws IOException {
        Outcome outcome =
                JobRunner.run("run", job("in.jsonl", "dropout: {rate: 0.1, seed: 1}\n" + options));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(problem);
    }

    @Test
    void refusesACountedStepThatWouldDecide() throws IOException {
        Outcome outcome =
                JobRunner.run(
                        "run",
                        job(
                                "in.jsonl",
                                """
                                execution.runtime-mode: BATCH
                                rng: {seed: 1, step-from: counter}
                                sample: {fraction: 0.5, by: record}
                                """));

        assertThat(outcome.err())
                .contains(
                        "sample.by must be id where the step comes from the counter, but is record.");
    }
}
