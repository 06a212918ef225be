package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for the command line's help, version and completion. */
class CommandLineTest {

    static Stream<String> commands() {
        return Main.commandLine(new StringWriter(), new StringWriter())
                .getSubcommands()
                .keySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsEightyColumns(String command) {
        assertThat(JobRunner.run(command, "--help").out().lines())
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void tellsItsCommandsAndExitStatuses() {
        assertThat(JobRunner.run("--help").out())
                .contains("  run  ", "  verify  ", "  sheet  ", "  2   the arguments");
    }

    @Test
    void tellsVersions() {
        assertThat(JobRunner.run("--version").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("flink-mydropout \\d+\\.\\d+\\.\\d+"),
                        line -> assertThat(line).matches("Flink \\d+\\.\\d+"),
                        line -> assertThat(line).startsWith("Java " + Runtime.version()),
                        line -> assertThat(line).startsWith("Vector API: "));
    }

    /** picocli warns of such a value on the standard error, where nothing hides secrets. */
    @Test
    void printsAValueWithAQuoteNowhereElse() {
        PrintStream standard = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            String err = JobRunner.run("run", "-Dsource.path=\"no,such", "jobs/augment.yaml").err();
            assertThat(err).contains("/\"no,such does not exist");
        } finally {
            System.setErr(standard);
        }
        assertThat(printed.toString(UTF_8)).doesNotContain("no,such");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completesCommandsAndOptions(String shell, @TempDir Path directory) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> new File(path, "bash").canExecute()),
                "bash may not be missing on the PATH for this test.");
        Path script = directory.resolve("completion");
        Files.writeString(script, JobRunner.run("completion", shell).out());
        String complete =
                """
                compopt() { :; }  # bash has it while it completes, and only then
                source '%s'
                words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                  _complete_flink-mydropout; echo "${COMPREPLY[@]}"; }
                words flink-mydropout sh
                words flink-mydropout sheet --wr
                """
                        .formatted(script);
        Process bash = new ProcessBuilder("bash", "-c", complete).redirectErrorStream(true).start();
        String completed = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(completed.lines()).containsExactly("sheet", "--written");
    }
}
