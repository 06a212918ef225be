package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.flink.configuration.Configuration;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link JobFile} and {@link JobConfigReader}, with untrusted files. */
class JobFileFuzzTest {

    /** Allows for reading {@code conf/config.yaml} as well, and for many bytes per key. */
    private static final Untrusted FILE = new Untrusted(InvalidJobException.class, 512 << 10, 512);

    /** Of a file that is too large, only as much as the limit is read, whatever its size. */
    private static final Untrusted LARGE_FILE =
            new Untrusted(InvalidJobException.class, 1 << 20, 0);

    /**
     * Up to three clients of Kafka load the definitions of their options, with up to 1 MB each,
     * whatever the options are.
     */
    private static final Untrusted OPTIONS = new Untrusted(InvalidJobException.class, 8 << 20, 0);

    private static final String VALID =
            """
            pipeline: {name: fuzz}
            source: {connector: filesystem, path: pom.xml, format: json}
            sink:
              connector: filesystem
              path: target/never-written
            dropout: {rate: 0.5, seed: 42, module-path: [a, b]}
            """;

    private static final String VALID_KAFKA =
            """
            pipeline: {name: fuzz}
            source:
              connector: kafka
              topic: in
              format: json
              scan.startup.mode: earliest-offset
              properties.bootstrap.servers: localhost:9092
            sink:
              connector: kafka
              topic: out
              properties.bootstrap.servers: localhost:9092
            dropout: {rate: 0.5, seed: 42, module-path: [a, b]}
            """;

    private static final List<String> TOKENS =
            List.of(
                    "a",
                    "dropout",
                    "rate",
                    "seed",
                    "source",
                    "path",
                    ": ",
                    ":",
                    "\n",
                    "\n  ",
                    "- ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ", ",
                    "&a ",
                    "*a",
                    "<<: *a",
                    "!!set ",
                    "!!binary ",
                    "!x ",
                    "? ",
                    "| ",
                    "> ",
                    "\"",
                    "'",
                    "\\",
                    "#",
                    "---\n",
                    "...\n",
                    "%YAML 1.2\n",
                    "null",
                    "~",
                    "0.5",
                    "1e999",
                    "0x1F",
                    "-0",
                    ".nan",
                    "2020-01-01",
                    "\t",
                    "\u0000",
                    "\uFEFF",
                    "é");

    /** All known keys, and some properties of Kafka's clients and unknown keys. */
    private static final List<String> KEYS =
            Stream.concat(
                            KnownOptions.KEYS.stream().sorted(),
                            Stream.of(
                                    "source.properties.bootstrap.servers",
                                    "source.properties.isolation.level",
                                    "source.properties.max.poll.records",
                                    "sink.properties.bootstrap.servers",
                                    "sink.properties.transaction.timeout.ms",
                                    "dead-letter.properties.bootstrap.servers",
                                    "dead-letter.properties.none",
                                    "dropout.rat"))
                    .toList();

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "0.5",
                    "-1",
                    "NaN",
                    "1e999",
                    "9223372036854775808",
                    "counter",
                    "constant",
                    "string",
                    "json",
                    "csv",
                    "filesystem",
                    "kafka",
                    "earliest-offset",
                    "specific-offsets",
                    "timestamp",
                    "latest-offset",
                    "unbounded",
                    "exactly-once",
                    "partition:0,offset:1",
                    "in",
                    "read_uncommitted",
                    "localhost:99999",
                    "true",
                    "pom.xml",
                    "jobs/data",
                    "target/none",
                    "\u0000",
                    ":",
                    "//",
                    "s3://x/y",
                    "no-such:/x",
                    "a;b",
                    "[a, b]",
                    "{a: b}",
                    "1 d",
                    "-1 d",
                    "9999999999 d",
                    "1 gb",
                    "99 tb",
                    "'",
                    "%",
                    "file:",
                    "*");

    private Path file;

    @BeforeProperty
    void createFile() throws IOException {
        file = Files.createTempFile("job", ".yaml");
    }

    @AfterProperty
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<byte[]> documents() {
        return Arbitraries.oneOf(
                Bytes.any(100),
                Bytes.damaged(VALID.getBytes(StandardCharsets.UTF_8)),
                Bytes.damaged(VALID_KAFKA.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.of(TOKENS)
                        .list()
                        .ofMaxSize(30)
                        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8)));
    }

    @Property
    void fileIsReadOrRefused(@ForAll("documents") byte[] document) throws IOException {
        read(document);
    }

    @Provide
    Arbitrary<String> explosions() {
        int size = 50_000; // one document is too large
        StringBuilder lists = new StringBuilder("a0: &a0 [x, y]\n");
        for (int i = 1; i < 30; i++) {
            lists.append("a%d: &a%d [%s]\n".formatted(i, i, "*a" + (i - 1) + ", *a" + (i - 1)));
        }
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < size / 5; i++) {
            wide.append('k').append(i).append(": 1\n");
        }
        return Arbitraries.of(
                lists.toString(),
                wide.toString(),
                "a: " + "[".repeat(size),
                "a: " + "[".repeat(size) + "]".repeat(size),
                "a: " + "{b: ".repeat(size / 2) + "1" + "}".repeat(size / 2),
                "a: &a [*a]",
                "a: &a {*a : 1}",
                "a: &a !!set {*a }",
                "&a a: *a",
                "a: " + "x".repeat(10_000_000),
                "a: " + "x".repeat(100_000),
                "- ".repeat(size) + "a",
                "? ".repeat(size) + "a",
                "a: " + "&a ".repeat(size / 2) + "1");
    }

    @Property
    void explosionIsRefusedInProportion(@ForAll("explosions") String document) throws IOException {
        read(document.getBytes(StandardCharsets.UTF_8));
    }

    private void read(byte[] document) throws IOException {
        Files.write(file, document);
        Untrusted reader = document.length > TextFile.MAX_SIZE ? LARGE_FILE : FILE;
        reader.decode(document.length, () -> JobFile.read(file.toFile(), Map.of()));
    }

    @Provide
    Arbitrary<Map<String, String>> options() {
        return Combinators.combine(Arbitraries.of(KEYS), Arbitraries.of(VALUES))
                .as(Tuple::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(
                        pairs -> {
                            Map<String, String> options = new HashMap<>();
                            pairs.forEach(pair -> options.put(pair.get1(), pair.get2()));
                            return options;
                        });
    }

    @Provide
    Arbitrary<String> valid() {
        return Arbitraries.of(VALID, VALID_KAFKA);
    }

    @Property
    void validJobIsRead(@ForAll("valid") String job) throws Exception {
        Files.writeString(file, job);

        assertThat(new JobConfigReader(JobFile.read(file.toFile(), Map.of())).read()).isNotNull();
    }

    @Property
    void anyValuesAreReadOrRefused(
            @ForAll("valid") String job, @ForAll("options") Map<String, String> options)
            throws Exception {
        Files.writeString(file, job);
        Configuration configuration = JobFile.read(file.toFile(), options);
        OPTIONS.decode(job.length(), () -> new JobConfigReader(configuration).read());
    }
}
