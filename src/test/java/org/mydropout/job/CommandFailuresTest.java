package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.runtime.JobException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.text.DeadLetterReason;
import org.mydropout.job.text.RefusedLineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Tests for {@link CommandFailures} and {@link FailureSentence}. */
class CommandFailuresTest {

    @TempDir private Path directory;

    /** A command that throws. */
    @Command(name = "boom")
    private record Boom(Throwable failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    private static Outcome run(Throwable failure, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine(out, err).addSubcommand(new CommandLine(new Boom(failure)));
        commandLine.setErr(commandLine.getErr()); // of the new command, too
        int status = commandLine.execute(arguments);
        return new Outcome(status, out.toString(), err.toString());
    }

    static Stream<Arguments> tellsAFailureInASentence() {
        RefusedLineException refused =
                new RefusedLineException(DeadLetterReason.MALFORMED, "Field 'id' must be there.");
        return Stream.of(
                Arguments.of(
                        new ExecutionException(new JobException("Recovery", refused)),
                        "Field 'id' must be there."),
                Arguments.of(
                        new JobException("x", new SerializedThrowable(refused)),
                        "Field 'id' must be there."),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("/a/b")),
                        "/a/b does not exist."),
                Arguments.of(
                        new AccessDeniedException("/a"),
                        "This user may not read or write /a; its permissions say who may."),
                Arguments.of(
                        new IllegalStateException(new EOFException()),
                        "A file ends too early. If the job was to continue from a checkpoint or"
                                + " savepoint, a file of that is cut short. --debug shows where."),
                Arguments.of(
                        new EOFException("Unexpected end of ZLIB input stream"),
                        "Reading or writing failed: Unexpected end of ZLIB input stream."),
                Arguments.of(
                        new IOException("disk is gone"),
                        "Reading or writing failed: disk is gone."),
                Arguments.of(
                        new IOException(new BindException("x")),
                        "rest.bind-port must be a port that is free, but is in use; a range such as"
                                + " 8081-8099 takes the first that is free."),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "The memory of the JVM has run out (Java heap space). More of it helps,"
                                + " with -Xmx for example, or a lower parallelism.default."),
                Arguments.of(
                        new NoClassDefFoundError("a/B"),
                        "A class is not on the class path, or is another version's: a/B."),
                Arguments.of(
                        new IllegalStateException("Odd."),
                        "IllegalStateException: Odd. --debug shows where."),
                Arguments.of(
                        new NullPointerException(), "NullPointerException. --debug shows where."));
    }

    @ParameterizedTest
    @MethodSource
    void tellsAFailureInASentence(Throwable failure, String sentence) {
        Outcome outcome = run(failure, "boom");

        assertThat(outcome.err()).isEqualTo("boom failed: %s%n".formatted(sentence));
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void showsTheStackTraceOnRequest() {
        IllegalStateException failure = new IllegalStateException("Odd.", new IOException("deep"));

        assertThat(run(failure, "boom").err()).doesNotContain("\tat ");
        for (String[] arguments : List.of(args("--debug boom"), args("boom --debug"))) {
            assertThat(run(failure, arguments).err())
                    .startsWith("boom failed: ")
                    .contains("\tat org.mydropout.job.", "Caused by: java.io.IOException: deep");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "verify", "explain --id 1"})
    void showsTheStackTraceOfARefusalOnRequest(String command) throws IOException {
        String job =
                Files.writeString(directory.resolve("job.yaml"), "dropout.rate: 2\n").toString();

        Outcome without = JobRunner.run(args(command + " " + job));
        Outcome with = JobRunner.run(args(command + " --debug " + job));

        assertThat(without.err()).doesNotContain("\tat ");
        assertThat(with.err())
                .startsWith(without.err())
                .contains(InvalidJobException.class.getName(), "\tat ");
        assertThat(List.of(without.status(), with.status())).containsOnly(2);
    }

    private static String[] args(String line) {
        return line.split(" ", -1);
    }
}
