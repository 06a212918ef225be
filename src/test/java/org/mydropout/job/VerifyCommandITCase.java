package org.mydropout.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.text.FeaturesEncoding;

/** Tests for {@link VerifyCommand}: outputs of real jobs, left as they are or changed. */
class VerifyCommandITCase {

    /** The memory for sorting of both slots. */
    private static final MemorySize MEMORY = MemorySize.ofMebiBytes(4);

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(
                                    new Configuration()
                                            .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MEMORY))
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final List<String> COUNTS =
            List.of("equal", "different", "missing", "unexpected", "repeated");

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

    /** The output for these five counts and differences. */
    private static String report(String counts, String... differences) {
        List<Integer> numbers = Stream.of(counts.split(" ", -1)).map(Integer::valueOf).toList();
        assertThat(numbers).hasSameSizeAs(COUNTS);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < COUNTS.size(); i++) {
            text.append("%-12s %,13d%n".formatted(COUNTS.get(i), numbers.get(i)));
        }
        Stream.of(differences).forEach(line -> text.append(line).append(System.lineSeparator()));
        boolean right = counts.endsWith(" 0 0 0 0");
        return text + "The output is %swhat the input gives.%n".formatted(right ? "" : "not ");
    }

    private void run(String... options) {
        Outcome outcome = command("run", options);
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private static void assertGreen(Outcome outcome, int equal) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(report(equal + " 0 0 0 0"));
        assertThat(outcome.status()).isZero();
    }

    /** Replaces the lines of the output. */
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
        run();

        assertGreen(command("verify"), 100);
    }

    @Test
    void comparesMoreThanItsMemoryHolds() throws IOException {
        int records = 550;
        int elements = 2_000;
        assertThat(4L * records * elements).isGreaterThan(MEMORY.getBytes());
        String features = "[" + "1.5,".repeat(elements - 1) + "2]";
        Files.write(
                directory.resolve("in.jsonl"),
                IntStream.range(0, records)
                        .mapToObj(
                                i ->
                                        "{\"id\":%d,\"step\":0,\"features\":%s}"
                                                .formatted(i, features))
                        .toList());
        run();
        rewrite(
                change(
                        lines -> {
                            lines.remove(indexOf(lines, "\"id\":7,"));
                            int record = indexOf(lines, "\"id\":5,");
                            lines.set(record, lines.get(record).replaceFirst("3[.]0", "3.5"));
                            lines.add(lines.get(indexOf(lines, "\"id\":9,")));
                        }));

        Outcome outcome = command("verify");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith(report("548 1 1 0 1").lines().limit(5).collect(joining("\n")))
                .contains("id 7, step 0 is missing");
    }

    static Stream<Arguments> findsWhatIsWrong() {
        return Stream.of(
                arguments(
                        "a mantissa bit",
                        replaced("\"id\":2,\"step\":0", "9.0,", "9.000001,"),
                        report(
                                "99 1 0 0 0",
                                "id 2, step 0 must have 9.0 (41100000) at index 3, but has 9.000001 (41100001)")),
                arguments(
                        "two swapped ids",
                        change(
                                lines -> {
                                    int first = indexOf(lines, "\"id\":2,\"step\":0");
                                    int second = indexOf(lines, "\"id\":3,\"step\":0");
                                    replace(lines, first, "\"id\":2", "\"id\":3");
                                    replace(lines, second, "\"id\":3", "\"id\":2");
                                }),
                        report(
                                "98 2 0 0 0",
                                "id 2, step 0 must have 0.0 (00000000) at index 0, but has 2.0 (40000000)",
                                "id 3, step 0 must have 2.0 (40000000) at index 0, but has 0.0 (00000000)")),
                arguments(
                        "an id that no record has",
                        replaced("\"id\":2,\"step\":0", "\"id\":2", "\"id\":77"),
                        report(
                                "99 0 1 1 0",
                                "id 2, step 0 is missing",
                                "id 77, step 0 is not expected")),
                arguments(
                        "a lost record",
                        change(lines -> lines.remove(indexOf(lines, "\"id\":2,\"step\":0"))),
                        report("99 0 1 0 0", "id 2, step 0 is missing")),
                arguments(
                        "a repeated record",
                        change(
                                lines ->
                                        lines.add(
                                                lines.get(indexOf(lines, "\"id\":2,\"step\":0")))),
                        report("100 0 0 0 1", "id 2, step 0 must occur once, but occurs 2 times")),
                arguments(
                        "another field",
                        replaced("\"id\":2,\"step\":0", "\"n\":2", "\"n\":3"),
                        report(
                                "99 1 0 0 0",
                                "id 2, step 0 must have the other fields"
                                        + " {\"id\":2,\"step\":0,\"n\":2,\"features\":}, but has"
                                        + " {\"id\":2,\"step\":0,\"n\":3,\"features\":}")),
                arguments(
                        "a shorter vector",
                        change(
                                lines -> {
                                    int at = indexOf(lines, "\"id\":2,\"step\":0");
                                    lines.set(at, lines.get(at).replaceAll(",[^,]*]", "]"));
                                }),
                        report("99 1 0 0 0", "id 2, step 0 must have 6 elements, but has 5")));
    }

    private static UnaryOperator<List<String>> replaced(String record, String text, String by) {
        return change(lines -> replace(lines, indexOf(lines, record), text, by));
    }

    private static int indexOf(List<String> lines, String record) {
        int at = 0;
        while (!lines.get(at).contains(record)) {
            at++;
        }
        return at;
    }

    private static void replace(List<String> lines, int at, String text, String by) {
        assertThat(lines.get(at)).contains(text);
        lines.set(at, lines.get(at).replace(text, by));
    }

    private static UnaryOperator<List<String>> change(Consumer<List<String>> edit) {
        return lines -> {
            edit.accept(lines);
            return lines;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void findsWhatIsWrong(String name, UnaryOperator<List<String>> change, String report)
            throws IOException {
        run();
        rewrite(change);

        Outcome outcome = command("verify");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(report);
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void findsALineThatIsNoRecord() throws IOException {
        run();
        rewrite(change(lines -> lines.add("[]")));

        Outcome outcome = command("verify");

        assertThat(outcome.out())
                .isEqualTo(
                        report(
                                "100 0 0 1 0",
                                directory
                                        + "/out/part-changed:101 is not a record: The line must be one JSON"
                                        + " object, but is an array."));
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void showsTheFirstOfAllDifferencesAtAnyParallelism() {
        run();

        Outcome outcome = command("verify", "-Ddropout.seed=43");
        Outcome sequential = command("verify", "-Ddropout.seed=43", "-Dparallelism.default=1");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(sequential.out()).isEqualTo(outcome.out());
        assertThat(outcome.out().lines().skip(5).limit(10))
                .allMatch(line -> line.matches("id [01], step [0-9] must have .* at index .*"))
                .isSorted();
        assertThat(outcome.out().lines()).hasSize(5 + 10 + 1);
    }

    @Test
    void tellsItsOwnFailureFromThatOfTheOutput() throws IOException {
        Path input = Files.createDirectory(directory.resolve("csv"));
        Files.writeString(input.resolve("a.csv"), "id,step,features\n1,2,3\n");
        String[] options = {
            "-Dsource.path=" + input, "-Dsource.format=csv", "-Drestart-strategy.type=none"
        };
        run(options);
        Files.writeString(input.resolve("b.csv"), "step,id,features\n2,1,3\n");

        Outcome outcome = command("verify", options);

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("The verification failed: Every file of the source must begin with");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void verifiesFromTheProvenanceOfTheRecords() throws IOException {
        String provenance = "-Dsink.provenance=true";
        run(provenance, "-Daugment.copies=2");
        assertThat(JobRunner.lines(directory.resolve("out")))
                .hasSize(200)
                .allMatch(
                        line ->
                                line.matches(
                                        ".*,\"provenance\":\"flink-mydropout/[0-9.]+\\?format=1&copies=2&rate=0.5&seed=42\"}"));

        assertGreen(command("verify", provenance, "-Ddropout.seed=1", "-Ddropout.rate=0.1"), 200);

        rewrite(
                lines -> {
                    for (int i = 0; i < lines.size(); i += 2) {
                        lines.set(
                                i, lines.get(i).replaceFirst("dropout/[0-9.]+", "dropout/9.0-rc1"));
                    }
                    return lines;
                });
        assertGreen(command("verify", provenance), 200);

        rewrite(
                change(
                        lines -> {
                            int record = indexOf(lines, "\"id\":2,\"step\":0");
                            replace(lines, record, "seed=42", "seed=43");
                            replace(lines, record, "9.0,", "0.0,");
                        }));
        Outcome outcome = command("verify", provenance);
        String made = "flink-mydropout/*?format=1&copies=2&rate=0.5&seed=";
        assertThat(outcome.out())
                .isEqualTo(
                        report(
                                "199 1 0 0 0",
                                "id 2, step 0 must have the provenance %1$s42, but has %1$s43"
                                        .formatted(made)));
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void verifiesCsvWithCopiesAndEvaluationRowsFromTheirProvenance() throws IOException {
        Files.write(
                directory.resolve("in.csv"),
                List.of("id,features,test", "1,1;2;3,false", "2,1;2;3,true", "3,,false", "x,y,z"));
        String[] places = {
            "-Dsource.path=" + directory.resolve("in.csv"),
            "-Dsource.format=csv",
            "-Dsink.provenance=true",
            "-Ddead-letter.connector=filesystem",
            "-Ddead-letter.path=" + directory.resolve("dead")
        };
        run(
                Stream.concat(
                                Stream.of(places),
                                Stream.of(
                                        "-Dsource.fields.deterministic=test", "-Daugment.copies=3"))
                        .toArray(String[]::new));

        assertGreen(command("verify", places), 7);
    }

    @ParameterizedTest
    @EnumSource(
            value = FeaturesEncoding.class,
            names = {"BASE64_LE", "BASE64_BE"})
    void verifiesBase64OfTheSameBitsAsDecimals(FeaturesEncoding encoding) throws IOException {
        run();
        List<String> decimals = JobRunner.lines(directory.resolve("out"));
        Path base64 = directory.resolve("base64.jsonl");
        Files.write(base64, base64(Files.readAllLines(directory.resolve("in.jsonl")), encoding));
        Files.writeString(
                base64, "{\"id\":1,\"step\":0,\"features\":\"AAA=\"}\n", StandardOpenOption.APPEND);
        String[] options = {
            "-Dsource.path=" + base64,
            "-Dsource.features-encoding=" + encoding,
            "-Dsink.overwrite=true",
            "-Ddead-letter.connector=filesystem",
            "-Ddead-letter.path=" + directory.resolve("dead")
        };

        run(options);

        assertThat(JobRunner.lines(directory.resolve("out")))
                .containsExactlyInAnyOrderElementsOf(base64(decimals, encoding));
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .singleElement()
                .asString()
                .contains("one of 2 bytes, which is no multiple of 4");
        assertGreen(command("verify", options), 100);
    }

    /** The lines with their arrays as base64. The arrays must not be nested. */
    private static List<String> base64(List<String> lines, FeaturesEncoding encoding) {
        return lines.stream()
                .map(
                        line -> {
                            int start = line.indexOf('[');
                            int end = line.indexOf(']');
                            String[] values = line.substring(start + 1, end).split(",", -1);
                            ByteBuffer bytes =
                                    ByteBuffer.allocate(Float.BYTES * values.length)
                                            .order(encoding.byteOrder());
                            Stream.of(values).map(Float::parseFloat).forEach(bytes::putFloat);
                            String text = Base64.getEncoder().encodeToString(bytes.array());
                            return line.substring(0, start)
                                    + '"'
                                    + text
                                    + '"'
                                    + line.substring(end + 1);
                        })
                .toList();
    }

    /**
     * A record that passes unchanged keeps its step even if the job sets steps, and it may be any
     * value.
     */
    @ParameterizedTest
    @ValueSource(strings = {"7", "\"none\"", "null"})
    void verifiesEvaluationRowsOfAConstantStep(String step) throws IOException {
        Files.write(
                directory.resolve("in.jsonl"),
                List.of(
                        "{\"id\":1,\"step\":%s,\"test\":true,\"features\":[1,2]}".formatted(step),
                        "{\"id\":1,\"step\":%s,\"test\":false,\"features\":[1,2]}".formatted(step),
                        "{\"id\":2,\"test\":true,\"features\":[1,2]}"));
        String[] options = {
            "-Dsource.fields.deterministic=test", "-Ddropout.step-from=constant", "-Ddropout.step=3"
        };
        run(options);

        assertThat(JobRunner.lines(directory.resolve("out")))
                .contains(
                        "{\"id\":1,\"step\":%s,\"test\":true,\"features\":[1.0,2.0]}"
                                .formatted(step),
                        "{\"id\":2,\"test\":true,\"features\":[1.0,2.0]}")
                .anyMatch(line -> line.startsWith("{\"id\":1,\"step\":3,\"test\":false"));
        assertGreen(command("verify", options), 3);
    }

    @Test
    void verifiesAConstantStepThatManyRecordsOfAnIdShare() {
        String[] options = {"-Ddropout.step-from=constant", "-Ddropout.step=3"};
        run(options);

        assertGreen(command("verify", options), 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesAnEmptyDirectoryForAnEmptyOutput(boolean provenance) throws IOException {
        String option = "-Dsink.provenance=" + provenance;
        Files.createDirectory(directory.resolve("out"));

        Outcome outcome = command("verify", option);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("%-12s %,13d%n".formatted("equal", 0))
                .contains("%-12s %,13d%n".formatted("missing", 100));
        assertThat(outcome.status()).isEqualTo(1);

        Files.writeString(directory.resolve("in.jsonl"), "");
        assertGreen(command("verify", option), 0);
    }

    @Test
    void takesTheProvenanceOfTheFirstRecordThatHasOne() throws IOException {
        String[] options = {"-Dsink.provenance=true", "-Ddropout.seed=1"};
        run("-Dsink.provenance=true");
        String torn = "{\"id\":0,\"step\":0,\"n\":0,\"fea";
        rewrite(change(lines -> lines.set(indexOf(lines, "\"id\":0,\"step\":0"), torn)));

        Outcome one = command("verify", options);

        assertThat(JobRunner.lines(directory.resolve("out")).get(0)).isEqualTo(torn);
        assertThat(one.err()).isEmpty();
        assertThat(one.out())
                .startsWith(report("99 0 1 1 0").lines().limit(5).collect(joining("\n")))
                .contains("part-changed:1 is not a record", "id 0, step 0 is missing");
        assertThat(one.status()).isEqualTo(1);

        rewrite(change(lines -> lines.replaceAll(line -> line.replaceAll(",\"prov.*", "}"))));

        Outcome none = command("verify", options);

        assertThat(none.err()).isEmpty();
        assertThat(none.out())
                .startsWith(report("0 99 1 1 0").lines().limit(5).collect(joining("\n")))
                .contains(
                        "id 0, step 1 must have the provenance"
                                + " flink-mydropout/*?format=1&rate=0.5&seed=1, but has none");
        assertThat(none.status()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBeVerified() {
        assertThat(command("verify").err()).contains("out does not exist.");
        run("-Ddropout.step-from=counter");

        Outcome counter = command("verify", "-Ddropout.step-from=counter");
        assertThat(counter.status()).isEqualTo(2);
        assertThat(counter.err()).contains("dropout.step-from must not be counter");

        Outcome unclear = command("verify", "-Dsink.provenance=perhaps");
        assertThat(unclear.status()).isEqualTo(2);
        assertThat(unclear.err()).contains("sink.provenance must be true or false");
    }
}
