package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.connector.kafka.KafkaBroker;

/**
 * Runs the commands of the errors page, and checks for the output that the page shows. A retry
 * would fix none of these failures. A retry here would come after a day, and so fails the test.
 */
@Timeout(120)
class ErrorsPageITCase {

    private static final Path PAGE = Path.of("src", "site", "markdown", "errors.md");

    /** The directory of the page's files, which the test replaces by its own. */
    private static final String DATA = "/data/";

    private static final Pattern MISTAKE =
            Pattern.compile(
                    "^\\| `((?:run|rum|verify) [^`]+)` \\| `([^`]+)` \\| ([012]) \\| .+ \\|$",
                    Pattern.MULTILINE);

    private static final Pattern LINE =
            Pattern.compile("^\\| `/data/([^`]+)` \\| `([^`]+)` \\|$", Pattern.MULTILINE);

    private static final Pattern FILE =
            Pattern.compile(
                    "^```\\w+\\n((?:#|--) /data/(\\S+)\\n.*?)^```$",
                    Pattern.MULTILINE | Pattern.DOTALL);

    /** The full name of a class, which our own messages never contain. */
    private static final Pattern FOREIGN_NAME =
            Pattern.compile("\\b(java|javax|org|com)\\.[a-z.]+\\.[A-Z]\\w+");

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir private Path directory;

    private static List<MatchResult> find(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results().toList();
    }

    static Stream<Arguments> showsWhatThePageSays() throws IOException {
        return find(MISTAKE).stream()
                .map(
                        row ->
                                Arguments.of(
                                        row.group(1),
                                        row.group(2),
                                        Integer.parseInt(row.group(3))));
    }

    @Test
    void hasTwentyMistakesAtLeast() throws IOException {
        assertThat(find(MISTAKE)).hasSizeGreaterThanOrEqualTo(20);
    }

    @BeforeEach
    void layOutTheFilesOfThePage() throws IOException {
        for (MatchResult file : find(FILE)) {
            Files.writeString(directory.resolve(file.group(2)), here(file.group(1), 0));
        }
        for (MatchResult line : find(LINE)) {
            Files.writeString(directory.resolve(line.group(1)), line.group(2) + "\n");
        }
        Files.write(directory.resolve("cut.jsonl.gz"), firstHalfOfAGzipFile());
        Path old = Files.createDirectory(directory.resolve("old"));
        Files.createFile(old.resolve("part-4ebdbec0-bbad-4ac2-af16-0e603d254400-0.jsonl"));
        FileUtils.copy(
                new org.apache.flink.core.fs.Path(GoldenJob.FILES.toUri()),
                new org.apache.flink.core.fs.Path(directory.resolve("savepoint").toUri()),
                false);
    }

    /** Large enough that a job does not read all of it before it starts. */
    private static byte[] firstHalfOfAGzipFile() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            for (int i : IntStream.range(0, 20_000).toArray()) {
                out.write(
                        "{\"id\":%d,\"step\":0,\"features\":[1,2,3,4]}\n"
                                .formatted(i)
                                .getBytes(UTF_8));
            }
        }
        return Arrays.copyOf(compressed.toByteArray(), compressed.size() / 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void showsWhatThePageSays(String command, String sentence, int status) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            int port = taken.getLocalPort();
            List<String> arguments = new ArrayList<>(List.of(here(command, port).split(" ", -1)));
            if (!command.startsWith("rum")) {
                arguments.add(1, "-Drestart-strategy.fixed-delay.delay=1d");
                if (!command.contains("restart-strategy")) {
                    arguments.add(1, "-Drestart-strategy.type=fixed-delay");
                }
            }

            Outcome outcome = JobRunner.run(arguments.toArray(String[]::new));

            assertThat(outcome.err())
                    .contains(here(sentence, port))
                    .doesNotContain("\tat ")
                    .doesNotContainPattern(FOREIGN_NAME);
            assertThat(outcome.status()).isEqualTo(status);
            assertThat(outcome.out()).isEmpty();
        }
    }

    /** One that Flink's job throws, and one of our own checks. */
    @ParameterizedTest
    @ValueSource(strings = {"names.jsonl", "inn.jsonl"})
    void showsAStackTraceWithDebug(String in) {
        Outcome outcome =
                JobRunner.run(
                        "run",
                        "--debug",
                        "-Dsource.path=" + directory.resolve(in),
                        directory.resolve("job.yaml").toString());

        assertThat(outcome.err()).contains("\tat org.mydropout.job.");
    }

    /** The text of the page with the files, ports and broker of this test. */
    private String here(String text, int port) {
        return text.replace(DATA, directory + "/")
                .replace("localhost:9092", BROKER.servers())
                .replace("8081", Integer.toString(port));
    }
}
