package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.commons.io.FileUtils;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;
import org.mydropout.job.JobRunner.Outcome;

/**
 * Property tests for what a command says of wrong job files, paths and inputs: sentences of ours,
 * without words of the libraries below. Every job here has one more mistake, so that none starts.
 */
class CommandFuzzTest {

    private static final String JOB =
            """
            # a comment
            pipeline: {name: "fuzz"}
            execution.runtime-mode: BATCH
            source:
              connector: filesystem
              path: 'pom.xml'
              format: json
              fields: {id: a.b, features: [x, y]}
            sink: &sink
              connector: filesystem
              path: target/never-written
            dropout: {seed: 42}
            """;

    private static final List<String> PATH_OPTIONS =
            List.of(
                    "source.path",
                    "sink.path",
                    "dead-letter.path",
                    "execution.checkpointing.dir",
                    "execution.state-recovery.path",
                    "state.savepoints.dir",
                    "source.topic",
                    "source.topic-pattern");

    private static final List<String> PATH_PARTS =
            List.of(
                    "/",
                    "//",
                    ".",
                    "..",
                    "~",
                    "a",
                    "pom.xml",
                    "src",
                    "target",
                    "jobs/data",
                    "*",
                    "**",
                    "[",
                    "]",
                    "{",
                    "}",
                    "{a,",
                    "?",
                    ":",
                    "file:",
                    "file://",
                    "s3://",
                    "hdfs://",
                    "http://host:1/",
                    "no-such://",
                    "%",
                    "%20",
                    "%zz",
                    "#",
                    " ",
                    "\\",
                    "\u0000",
                    "\n",
                    "é",
                    "\ud800",
                    "\u202e",
                    "/dev/null",
                    "/proc/self/mem",
                    "/proc/1/root",
                    "(",
                    "+",
                    "'",
                    "\"",
                    "$HOME",
                    "-",
                    "x".repeat(300));

    private Path directory;

    @BeforeProperty
    void createDirectory() throws IOException {
        directory = Files.createTempDirectory("fuzz");
    }

    @AfterProperty
    void deleteDirectory() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
    }

    private void assertRefused(byte[] job, String... options) throws IOException {
        Path file = Files.write(directory.resolve("job.yaml"), job);
        List<String> arguments = new ArrayList<>(List.of("run", "-Ddropout.rate=2"));
        for (String option : options) {
            arguments.add("-D" + option);
        }
        arguments.add(file.toString());

        Outcome outcome = JobRunner.run(arguments.toArray(String[]::new));

        assertThat(outcome.err())
                .as(String.join(" ", options))
                .isNotBlank()
                .doesNotContain("\tat ")
                .doesNotContainPattern(Untrusted.FOREIGN_WORDS);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    }

    @Provide
    Arbitrary<byte[]> jobs() {
        return Arbitraries.oneOf(
                Bytes.damaged(JOB.getBytes(UTF_8)),
                Arbitraries.of(
                                "\t",
                                "  ",
                                "\n",
                                "- ",
                                "a",
                                ": ",
                                "? ",
                                "{",
                                "}",
                                "[",
                                "]",
                                ", ",
                                "&a ",
                                "*a",
                                "*b",
                                "!!float ",
                                "!!binary ",
                                "!x ",
                                "| ",
                                "> ",
                                "\"",
                                "'",
                                "%",
                                "---\n",
                                "...\n",
                                "dropout",
                                "source.path",
                                "1e400",
                                "\u0001",
                                "é")
                        .list()
                        .ofMaxSize(12)
                        .map(parts -> String.join("", parts).getBytes(UTF_8)));
    }

    @Property(tries = 300)
    void aWrongJobFileIsRefusedInOurWords(@ForAll("jobs") byte[] job) throws IOException {
        assertRefused(job);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(PATH_PARTS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> pathOptions() {
        return Arbitraries.of(PATH_OPTIONS);
    }

    @Property(tries = 500)
    void aWrongPathIsRefusedInOurWords(
            @ForAll("pathOptions") String option, @ForAll("paths") String path) throws IOException {
        assertRefused(JOB.getBytes(UTF_8), option + "=" + path);
    }

    @Provide
    Arbitrary<byte[]> contents() throws IOException {
        byte[] rows = "id,step,features,\"a\"\"b\"\n1,2,3;4,\"x\ny\"\n".repeat(20).getBytes(UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(rows);
        }
        return Arbitraries.oneOf(
                Bytes.any(60), Bytes.damaged(rows), Bytes.damaged(compressed.toByteArray()));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                "in.csv", "in.csv.gz", "in.bz2", "in.xz", "in.zst", "in.deflate", "in.jsonl");
    }

    @Property(tries = 300)
    void aCorruptInputIsRefusedInOurWords(
            @ForAll("names") String name,
            @ForAll("contents") byte[] content,
            @ForAll("formats") String format)
            throws IOException {
        Path in = directory.resolve("in");
        FileUtils.deleteDirectory(in.toFile());
        Files.write(Files.createDirectory(in).resolve(name), content);

        assertRefused(JOB.getBytes(UTF_8), "source.path=" + in, "source.format=" + format);
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of("csv", "json");
    }
}
