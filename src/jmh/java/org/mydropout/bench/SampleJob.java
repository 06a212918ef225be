package org.mydropout.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sample job in a JVM of its own, with the arguments that {@code exec:exec} gives it. */
final class SampleJob {

    private SampleJob() {}

    /**
     * The command that runs it.
     *
     * @param arguments more arguments of the command {@code run}
     */
    static List<String> command(Path input, Path output, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(
                List.of(
                        "@target/start/java.args",
                        "run",
                        "jobs/augment.yaml",
                        "-Dsource.path=" + input,
                        "-Dsink.path=" + output));
        command.addAll(List.of(arguments));
        return command;
    }
}
