package org.mydropout.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Tests for {@link RunCommand}: whole jobs, from files to files, on a mini cluster. */
class RunCommandITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path directory;

    /** Runs a job on {@code in} with a dead letter, and with options given as key, value, … */
    private Outcome run(String in, String... options) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("execution.runtime-mode", "STREAMING");
        all.put("parallelism.default", "2");
        all.put("source.connector", "filesystem");
        all.put("source.path", directory.resolve(in).toString());
        all.put("source.format", in.endsWith(".csv") ? "csv" : "json");
        all.put("sink.connector", "filesystem");
        all.put("sink.path", directory.resolve("out").toString());
        all.put("dead-letter.connector", "filesystem");
        all.put("dead-letter.path", directory.resolve("dead").toString());
        all.put("dropout.rate", "0.1");
        all.put("dropout.seed", "42");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                all.entrySet().stream()
                        .map(option -> option.getKey() + ": '" + option.getValue() + "'\n")
                        .collect(Collectors.joining()));
        return JobRunner.run("run", job.toString());
    }

    private List<String> lines(String output) throws IOException {
        return JobRunner.lines(directory.resolve(output));
    }

    static Stream<Arguments> equalsFlaxBitForBit() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (var in = RunCommandITCase.class.getResourceAsStream("/golden/records.json")) {
            for (JsonNode golden : MAPPER.readTree(in).get("cases")) {
                cases.add(arguments(golden.get("options").toString(), golden));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void equalsFlaxBitForBit(String name, JsonNode golden) throws IOException {
        JsonNode options = golden.get("options");
        List<String> input = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (JsonNode record : golden.get("records")) {
            String id = record.get("id").asText();
            String written = options.get("id-type").asText().equals("string") ? '"' + id + '"' : id;
            String line =
                    "{\"é\":[1.50,null],\"id\":%s,\"step\":%s,\"features\":%%s,\"n\":1e400}"
                            .formatted(written, record.get("step").asText());
            input.add(line.formatted(text(record.get("x"))));
            expected.add(line.formatted(text(record.get("y"))));
        }
        Files.write(directory.resolve("in.jsonl"), input);
        List<String> arguments = new ArrayList<>();
        options.properties()
                .forEach(
                        option -> {
                            arguments.add("dropout." + option.getKey());
                            arguments.add(
                                    option.getValue().isArray()
                                            ? joined(option.getValue())
                                            : option.getValue().asText());
                        });

        Outcome outcome = run("in.jsonl", arguments.toArray(String[]::new));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(lines("out")).isEqualTo(expected.stream().sorted().toList());
    }

    /** The vector of float32 bit patterns as a JSON array of decimals. */
    private static String text(JsonNode hexadecimal) {
        List<String> values = new ArrayList<>();
        hexadecimal.forEach(
                bits ->
                        values.add(
                                NumberOutput.toString(
                                        Float.intBitsToFloat(
                                                HexFormat.fromHexDigits(bits.asText())),
                                        true)));
        return "[" + String.join(",", values) + "]";
    }

    private static String joined(JsonNode names) {
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(name.asText()));
        return String.join(";", texts);
    }

    @ParameterizedTest
    @CsvSource({
        "STREAMING, 1, false, hashmap",
        "STREAMING, 2, true, rocksdb",
        "STREAMING, 4, false, rocksdb",
        "BATCH, 1, true, hashmap",
        "BATCH, 2, false, hashmap",
        "BATCH, 4, true, hashmap"
    })
    void writesTheSameLinesHoweverItRuns(
            String mode, String parallelism, String objectReuse, String backend)
            throws IOException {
        List<String> input =
                IntStream.range(0, 500)
                        .mapToObj(
                                i ->
                                        "{\"id\":%d,\"step\":%d,\"features\":[%s1]}"
                                                .formatted(i % 50, i / 50, "2,".repeat(i % 40)))
                        .toList();
        Files.createDirectory(directory.resolve("in.jsonl"));
        Files.write(directory.resolve("in.jsonl/a"), input.subList(0, 300));
        Files.write(directory.resolve("in.jsonl/b"), input.subList(300, 500));
        Files.write(directory.resolve("plain"), input);
        assertThat(run("plain", "source.format", "json").status()).isZero();
        List<String> expected = lines("out");

        Outcome outcome =
                run(
                        "in.jsonl",
                        "execution.runtime-mode",
                        mode,
                        "parallelism.default",
                        parallelism,
                        "pipeline.object-reuse",
                        objectReuse,
                        "state.backend.type",
                        backend,
                        "dropout.key-reuse",
                        mode.equals("BATCH") ? "allow" : "count",
                        "sink.overwrite",
                        "true",
                        "dead-letter.overwrite",
                        "true");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(lines("out")).hasSize(500).isEqualTo(expected);
    }

    @Test
    void countsWhatItDid() throws IOException {
        Files.write(
                directory.resolve("in.jsonl"),
                List.of(
                        "{\"id\":1,\"step\":0,\"features\":[1,1,1,1]}",
                        "{\"id\":1,\"step\":0,\"features\":[1,1]}",
                        "nonsense"));

        Outcome outcome =
                run(
                        "in.jsonl",
                        "dropout.rate",
                        "1",
                        "dropout.key-reuse",
                        "count",
                        "parallelism.default",
                        "1");

        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("records in 3 "))
                .anyMatch(line -> line.startsWith("records out 2 "))
                .anyMatch(line -> line.startsWith("dead letters 1 "))
                .contains(
                        "elements kept 0 0.00000 of all, expected 0.00000",
                        "elements dropped 6",
                        "keys reused 1");
    }

    /** Byte order mark, line ends of both kinds, a blank line, and no line end at the end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | '\uFEFF{\"id\":1,\"step\":0,\"features\":[1]}\r\n\n \t\nnonsense\r\n{\"id\":2,\"step\":0,\"features\":[]}' | 4 | 10",
                "csv | '\uFEFFid,step,features\r\n1,0,1\r\n\n \t\nnonsense\r\n2,0,' | 4 | 10"
            })
    void accountsForEveryByteOfTheSource(String format, String content, int blank, int dead)
            throws IOException {
        Path in = Files.createDirectory(directory.resolve("in"));
        Files.writeString(in.resolve("a"), content);
        Files.writeString(in.resolve("b"), content);
        Files.writeString(in.resolve("_SUCCESS"), "");
        Files.writeString(in.resolve(".hidden"), content);
        Files.writeString(Files.createDirectory(in.resolve("_temporary")).resolve("c"), content);

        Outcome outcome = run("in", "source.format", format);

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "bytes in %d all that are there".formatted(2 * Files.size(in.resolve("a"))),
                        "files left out 3 hidden, %d bytes"
                                .formatted(2 * Files.size(in.resolve("a"))),
                        "blank lines 4 skipped, and no records; %d bytes".formatted(2 * blank),
                        "dead letters 2 %s; %d bytes"
                                .formatted(directory.resolve("dead"), 2 * dead))
                .anyMatch(line -> line.startsWith("records in 6 "))
                .anyMatch(line -> line.startsWith("records out 4 "));
    }

    /** Of compressed files the bytes are known before and after, also if no ending says so. */
    @Test
    void accountsForCompressedFiles() throws IOException {
        String record = "{\"id\":1,\"step\":0,\"features\":[1]}\n";
        Path in = Files.createDirectory(directory.resolve("in"));
        for (String name : List.of("a.jsonl.gz", "b.jsonl")) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(in.resolve(name)))) {
                out.write(record.repeat(10).getBytes(UTF_8));
            }
        }
        String all =
                "which %d bytes in 2 compressed files contain"
                        .formatted(
                                Files.size(in.resolve("a.jsonl.gz"))
                                        + Files.size(in.resolve("b.jsonl")));

        assertThat(run("in").out().replaceAll(" +", " "))
                .contains("bytes in %d %s\n".formatted(20 * record.length(), all));

        Files.writeString(in.resolve("c.jsonl"), record);
        assertThat(run("in", "sink.overwrite", "true").out().replaceAll(" +", " "))
                .contains(
                        "bytes in %d %s; the others have %d\n"
                                .formatted(
                                        21 * record.length(),
                                        all.replace("which", "with what"),
                                        record.length()));
    }

    @Test
    void readsAndWritesPathsOfAnyName() throws IOException {
        String name = "a b%20#?x=1&{y}[z]+é.jsonl";
        String record = "{\"id\":1,\"step\":0,\"features\":[1.0]}";
        Files.writeString(directory.resolve(name), record);

        Outcome outcome =
                run(
                        name,
                        "dropout.rate",
                        "0",
                        "sink.path",
                        directory.resolve("out " + name).toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(lines("out " + name)).containsExactly(record);
    }

    @Test
    void makesCopiesThatEachCanBeMadeAgainByTheirStep() throws IOException {
        Files.write(
                directory.resolve("in.jsonl"),
                List.of(
                        "{\"id\":1,\"step\":2,\"train\":false,\"features\":[1,2,3,4]}",
                        "{\"id\":2,\"train\":false,\"features\":[1,2,3,4]}",
                        "{\"id\":3,\"step\":2,\"train\":true,\"features\":[1,2,3,4]}",
                        "{\"id\":4,\"step\":4294967295,\"train\":false,\"features\":[1]}"));
        Outcome outcome =
                run(
                        "in.jsonl",
                        "augment.copies",
                        "2",
                        "source.fields.deterministic",
                        "train",
                        "dropout.rate",
                        "0.5");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        List<String> copies = lines("out");

        assertThat(copies)
                .hasSize(5)
                .contains("{\"id\":3,\"step\":2,\"train\":true,\"features\":[1.0,2.0,3.0,4.0]}");
        assertThat(lines("dead")).singleElement().asString().contains("step 4294967295");

        Files.write(
                directory.resolve("again.jsonl"),
                List.of(
                        "{\"id\":1,\"step\":4,\"train\":false,\"features\":[1,2,3,4]}",
                        "{\"id\":1,\"step\":5,\"train\":false,\"features\":[1,2,3,4]}",
                        "{\"id\":2,\"train\":false,\"features\":[1,2,3,4],\"step\":0}",
                        "{\"id\":2,\"train\":false,\"features\":[1,2,3,4],\"step\":1}"));
        run(
                "again.jsonl",
                "sink.path",
                directory + "/again",
                "dead-letter.path",
                directory + "/d",
                "dropout.rate",
                "0.5");
        assertThat(copies).containsAll(lines("again"));
    }

    @Test
    void countsNoRecordThatPassesUnchangedAndLeavesItItsStep() throws IOException {
        Files.write(
                directory.resolve("in.jsonl"),
                List.of(
                        "{\"id\":1,\"step\":9,\"train\":true,\"features\":[1]}",
                        "{\"id\":1,\"train\":true,\"features\":[1]}",
                        "{\"id\":1,\"step\":9,\"train\":false,\"features\":[]}"));
        Outcome outcome =
                run(
                        "in.jsonl",
                        "augment.copies",
                        "2",
                        "source.fields.deterministic",
                        "train",
                        "dropout.step-from",
                        "counter");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(lines("out"))
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"step\":9,\"train\":true,\"features\":[1.0]}",
                        "{\"id\":1,\"train\":true,\"features\":[1.0]}",
                        "{\"id\":1,\"step\":0,\"train\":false,\"features\":[]}",
                        "{\"id\":1,\"step\":1,\"train\":false,\"features\":[]}");
    }

    @Test
    void accountsForEveryHostileLine() throws IOException {
        List<byte[]> input = new ArrayList<>();
        String start = "{\"id\":1,\"step\":0,\"features\":";
        for (String good :
                List.of(
                        start + "[]}",
                        start + "[0.1000000000000000055511151231257827021181]}",
                        start + "[1e-400]}",
                        start + "[NaN,Infinity,-Infinity]}",
                        start + "[1],\"n\":1e400}",
                        start + "[1],\"s\":\"" + "x".repeat(10 << 20) + "\"}",
                        start + "[" + "1,".repeat(5 << 20) + "1]}")) {
            input.add(good.getBytes(ISO_8859_1));
        }
        int good = input.size();
        for (String bad :
                List.of(
                        "not JSON",
                        "{\"id\":\"1\",\"step\":0,\"features\":[1]}",
                        "{\"id\":1,\"features\":[1]}",
                        "{\"id\":-1,\"step\":0,\"features\":[1]}",
                        "{\"id\":4294967296,\"step\":0,\"features\":[1]}",
                        "{\"id\":1,\"step\":1.5,\"features\":[1]}",
                        start + "[[1],2]}",
                        start + "[1e400]}",
                        start + "[1],\"id\":2}",
                        start + "[1],\"s\":\"\u00C3(\"}",
                        start + "[1],\"s\":\"" + "x".repeat(65 << 20) + "\"}",
                        "\u0000\u0001",
                        "[".repeat(100_000))) {
            input.add(bad.getBytes(ISO_8859_1));
        }
        try (var out = Files.newOutputStream(directory.resolve("in.jsonl"))) {
            for (byte[] line : input) {
                out.write(line);
                out.write('\n');
            }
        }

        Outcome outcome = run("in.jsonl", "dropout.deterministic", "true");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(lines("out")).hasSize(good).anyMatch(line -> line.contains("[0.1]"));
        List<JsonNode> letters = new ArrayList<>();
        for (String line : lines("dead")) {
            letters.add(MAPPER.readTree(line));
        }
        assertThat(letters)
                .extracting(letter -> letter.get("source").asText())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(good + 1, input.size())
                                .mapToObj(line -> directory.resolve("in.jsonl") + ":" + line)
                                .toList());
        assertThat(letters)
                .extracting(letter -> letter.get("reason").asText())
                .containsExactlyInAnyOrder(
                        "MALFORMED",
                        "WRONG_TYPE",
                        "MISSING_FIELD",
                        "OUT_OF_RANGE",
                        "OUT_OF_RANGE",
                        "WRONG_TYPE",
                        "WRONG_TYPE",
                        "OUT_OF_RANGE",
                        "MALFORMED",
                        "INVALID_UTF8",
                        "LINE_TOO_LONG",
                        "MALFORMED",
                        "MALFORMED");
        assertThat(letters)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.get("reason").asText()).isNotBlank();
                            assertThat(letter.get("message").asText())
                                    .contains("must")
                                    .endsWith(".");
                        });
    }

    @Test
    @Timeout(300) // with restarts the job would not end
    void failsAtTheFirstBrokenLineWithoutADeadLetter() throws IOException {
        Files.write(directory.resolve("in.jsonl"), List.of("{\"id\":-1}"));

        Outcome outcome =
                run(
                        "in.jsonl",
                        "dead-letter.connector",
                        "",
                        "dead-letter.path",
                        "",
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.attempts",
                        "1000000",
                        "restart-strategy.fixed-delay.delay",
                        "1 ms");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains(
                        "Field 'id' must be a whole number from 0 to 4294967295, but is -1; dropout.id-type: uint64 takes it, and changes all masks.",
                        directory.resolve("in.jsonl") + ":1");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    @Timeout(300) // with restarts the job would not end
    void failsWhenAKeyIsUsedAgainAndMustNotBe() throws IOException {
        String line = "{\"id\":1,\"step\":7,\"features\":[1]}";
        Files.write(directory.resolve("in.jsonl"), List.of(line, line));

        Outcome outcome =
                run(
                        "in.jsonl",
                        "dropout.key-reuse",
                        "fail",
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.attempts",
                        "1000000",
                        "restart-strategy.fixed-delay.delay",
                        "1 ms");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("step").contains("7").contains("dropout.key-reuse");
    }

    @Test
    void startsNothingWhenTheJobFileIsUnusable() throws IOException {
        Files.write(directory.resolve("in.jsonl"), List.of("{}"));

        Outcome outcome = run("in.jsonl", "dropout.rate", "2", "dropout.sed", "1");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("dropout.rate", "dropout.sed is not an option");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void reportsEveryProblemOfAJobFileAtOnce() throws IOException {
        Path job =
                Files.writeString(
                        directory.resolve("broken.yaml"),
                        """
                        parallelism: {default: 300}
                        execution: {checkpointing: {interval: soon}}
                        source: {connector: filesystem, path: %s, format: json}
                        dead-letter:
                          connector: kafka
                          topic: dead
                          properties:
                            bootstrap.servers: localhost:1
                            request.timeout.ms: 100
                            default.api.timeout.ms: 100
                        dropout: {rate: 2, sed: 42}
                        """
                                .formatted(directory.resolve("in.jsonl")));
        Files.write(directory.resolve("in.jsonl"), List.of("{}"));

        Outcome outcome = JobRunner.run("run", job.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).isEqualTo(job + " cannot be run:"),
                        startsWith("sink.connector must be set to one of filesystem, kafka."),
                        startsWith(
                                "dropout.sed is not an option; the nearest that is one is dropout.seed."),
                        startsWith(
                                "dropout.rate must be a number from 0 to 1, the probability of a drop, but is 2.0."),
                        startsWith("dropout.seed must be set to an integer of at most 64 bits."),
                        startsWith(
                                "execution.checkpointing.interval must be a value that Flink accepts, but is 'soon'."),
                        startsWith(
                                "parallelism.default must be at most pipeline.max-parallelism, which is 128, but is 300; "),
                        startsWith(
                                "dead-letter.properties.bootstrap.servers must be brokers that answer, but localhost:1 did not within 100 ms, asked for [dead]."));
    }

    private static ThrowingConsumer<String> startsWith(String sentence) {
        return line -> assertThat(line).startsWith("  - " + sentence);
    }

    /** {@code 1,000} does not become {@code 1,******}. */
    @Test
    void printsASummaryWhateverIsSecret() throws IOException {
        Files.write(
                directory.resolve("in.jsonl"), List.of("{\"id\":1,\"step\":0,\"features\":[1]}"));

        Outcome outcome =
                run("in.jsonl", "my.password", "0", "other.password", "1", "a.secret", "in");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("records out", "dead letters").doesNotContain("***");
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.interval, 0 s",
        "execution.runtime-mode, SOMETIMES",
        "parallelism.default, many"
    })
    void refusesWhatFlinkRefuses(String option, String value) throws IOException {
        Files.write(directory.resolve("in.jsonl"), List.of("{}"));

        Outcome outcome = run("in.jsonl", option, value);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("  - " + option + " must be ", ", but is '" + value + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "state.backend.type, none-such, cannot be run",
        "restart-strategy.type, none-such, cannot be run",
        "pipeline.jars, file:///no/such.jar, The job failed"
    })
    void leavesAnEarlierOutputWhenTheJobCannotStart(String option, String value, String problem)
            throws IOException {
        Files.write(
                directory.resolve("in.jsonl"), List.of("{\"id\":1,\"step\":0,\"features\":[1]}"));
        assertThat(run("in.jsonl").status()).isZero();
        List<String> before = lines("out");

        Outcome outcome = run("in.jsonl", "sink.overwrite", "true", option, value);

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.err()).contains(problem).doesNotContain("\tat ");
        assertThat(lines("out")).isEqualTo(before);
    }

    @Test
    void refusesAnEarlierOutputAndReplacesItOnRequest() throws IOException {
        String record = "{\"id\":1,\"step\":0,\"features\":[1]}";
        Files.write(directory.resolve("in.jsonl"), List.of(record));
        assertThat(run("in.jsonl").status()).isZero();

        Outcome again = run("in.jsonl");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("sink.overwrite: true replaces it");

        assertThat(run("in.jsonl", "sink.overwrite", "true").status()).isZero();
        assertThat(lines("out")).hasSize(1);
    }

    @Test
    void readsAndWritesCsv() throws IOException {
        Files.write(
                directory.resolve("in.csv"),
                List.of("label,id,features", "\"a,b\",7,1;2;3", "x,y,z", " ,8,"));

        Outcome outcome =
                run(
                        "in.csv",
                        "execution.runtime-mode",
                        "BATCH", // one file, so one header
                        "dropout.step-from",
                        "constant",
                        "dropout.step",
                        "5",
                        "dropout.deterministic",
                        "true",
                        "parallelism.default",
                        "1");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(lines("out"))
                .containsExactly(" ,8,,5", "\"a,b\",7,1.0;2.0;3.0,5", "label,id,features,step");
        assertThat(lines("dead")).singleElement().asString().contains("in.csv:3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
    void readsCompressedFiles(String ending) throws IOException {
        Path file = directory.resolve("in." + ending);
        try (OutputStream out = compressed(ending, Files.newOutputStream(file))) {
            out.write("{\"id\":1,\"step\":0,\"features\":[1]}\n".getBytes(ISO_8859_1));
        }

        assertThat(run("in." + ending, "dropout.rate", "0").status()).isZero();
        assertThat(lines("out")).containsExactly("{\"id\":1,\"step\":0,\"features\":[1.0]}");
    }

    /** Long enough that the part that is read before the job starts is intact. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
    @Timeout(300) // with restarts the job would not end
    void failsAtOnceAndSaysWhereAtADamagedFile(String ending) throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (OutputStream out = compressed(ending, whole)) {
            for (int i = 0; i < 100_000; i++) {
                out.write(
                        "{\"id\":%d,\"step\":0,\"features\":[%d]}\n"
                                .formatted(i, random.nextInt())
                                .getBytes(ISO_8859_1));
            }
        }
        Path file = directory.resolve("in." + ending);
        Files.write(file, Arrays.copyOf(whole.toByteArray(), whole.size() - 4));

        Outcome outcome =
                run(
                        "in." + ending,
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.attempts",
                        "1000000",
                        "restart-strategy.fixed-delay.delay",
                        "1 ms");

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err())
                .containsPattern(
                        "failed: \\Q%s\\E must be a whole .+ file, but .+\\. It was read up to line \\d+\\.\n"
                                .formatted(file));
    }

    @Test
    void refusesAFileThatIsDamagedAtItsBeginning() throws IOException {
        Files.write(directory.resolve("in.gz"), new byte[] {31, (byte) 139, 8});

        Outcome outcome = run("in.gz");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "- %s must be a whole gzip file, but ends too soon.\n"
                                .formatted(directory.resolve("in.gz")));
    }

    @Test
    void skipsBlankLinesAndCountsThem() throws IOException {
        String record = "{\"id\":1,\"step\":0,\"features\":[1]}";
        Files.writeString(directory.resolve("in.jsonl"), "\n" + record + "\n \t\r\n\nnonsense\n\n");

        Outcome outcome = run("in.jsonl", "dropout.rate", "0");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("records in 2 "))
                .anyMatch(line -> line.startsWith("blank lines 4 "))
                .anyMatch(line -> line.startsWith("records out 1 "))
                .anyMatch(line -> line.startsWith("dead letters 1 "));
        assertThat(lines("dead")).singleElement().asString().contains("in.jsonl:5");
    }

    private static OutputStream compressed(String ending, OutputStream out) throws IOException {
        return switch (ending) {
            case "gz" -> new GZIPOutputStream(out);
            case "bz2" -> new BZip2CompressorOutputStream(out);
            case "zst" -> new ZstdOutputStream(out);
            default -> new XZOutputStream(out, new LZMA2Options());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run no-such-file.yaml", "no-such-command"})
    void saysWhatIsWrongWithTheArguments(String arguments) {
        Outcome outcome = JobRunner.run(arguments.split(" ", -1));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"'--help', Commands:", "'run --help', -D=key=value"})
    void helps(String arguments, String expected) {
        Outcome outcome = JobRunner.run(arguments.split(" ", -1));

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains(expected);
    }
}
