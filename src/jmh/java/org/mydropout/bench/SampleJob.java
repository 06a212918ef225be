package org.mydropout.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sample job in a JVM of its own, with the arguments that the build gives it. */
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
        command.addAll(List.of(System.getProperty("job.arguments").split(" ", -1)));
        command.addAll(
                List.of(
                        "-Dlog4j2.configurationFile=conf/log4j2.properties",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "org.mydropout.job.Main",
                        "run",
                        "jobs/augment.yaml",
                        "-Dsource.path=" + input,
                        "-Dsink.path=" + output));
        command.addAll(List.of(arguments));
        return command;
    }
}
