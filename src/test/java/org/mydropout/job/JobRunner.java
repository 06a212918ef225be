package org.mydropout.job;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the command line in this process and reads the output of jobs. */
public final class JobRunner {

    /** The commands that show the progress of a Flink job. */
    private static final Set<String> WITH_PROGRESS = Set.of("run", "verify");

    /**
     * Flink takes a checkpoint only when the test asks for one. With the interval alone, it takes
     * one as soon as all tasks run: its scheduler starts twice, the second time with the pause as
     * the delay.
     */
    public static final List<String> NO_PERIODIC_CHECKPOINTS =
            List.of(
                    "-Dexecution.checkpointing.interval=1 d",
                    "-Dexecution.checkpointing.min-pause=1 d");

    private JobRunner() {}

    /**
     * The result of a command.
     *
     * @param status the exit status
     * @param out its standard output
     * @param err its standard error
     */
    public record Outcome(int status, String out, String err) {}

    /** Runs one command, without progress: whether a line of it comes depends on the time. */
    public static Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (WITH_PROGRESS.contains(all.get(0))) {
            all.add(1, "--progress=none");
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(out, err).execute(all.toArray(String[]::new));
        return new Outcome(status, out.toString(), err.toString());
    }

    /** The marks in an output's directory: up to which snapshot of which job it is final. */
    public static List<Path> marks(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".committed-"))
                    .toList();
        }
    }

    /** The lines of all final files in a directory and those below it, sorted. */
    public static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry)) {
                    lines.addAll(lines(entry));
                } else if (!entry.getFileName().toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(entry));
                }
            }
        }
        lines.sort(null);
        return lines;
    }
}
