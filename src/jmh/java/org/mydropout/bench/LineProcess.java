package org.mydropout.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * A process on one processor that turns lines into lines. It is watched from outside, so each
 * program is measured in the same way: every 20 ms, how large its output is and how much processor
 * time it has taken, that of its compilers and of garbage collection included. Unlike the time on a
 * clock, processor time does not count how long other work kept it waiting.
 *
 * @param command the program and its arguments
 * @param output the file or directory that it writes
 */
record LineProcess(List<String> command, Path output) {

    private static final int PERIOD_MILLISECONDS = 20;

    /** The part of the output before which a program may still be compiling itself. */
    private static final double WARM = 0.75;

    /** The part of the output after which a program may be about to end. */
    private static final double ENDING = 0.97;

    /** What the process had done at some moment. */
    private record Moment(long bytes, double seconds) {}

    /**
     * The measurements of a whole process, in seconds of processor time.
     *
     * @param first when the first bytes of output appeared
     * @param all the whole process
     * @param clock the whole process, on a clock
     * @param perByte per byte of output, from three quarters of them on
     */
    record Measured(double first, double all, double clock, double perByte) {}

    /** Runs the process to its end. The output of an earlier one is deleted. */
    Measured measure() throws IOException, InterruptedException {
        delete();
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(pinned())
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        List<Moment> moments = new ArrayList<>();
        double seconds = 0;
        while (process.isAlive()) {
            seconds = process.info().totalCpuDuration().map(LineProcess::seconds).orElse(seconds);
            moments.add(new Moment(bytes(), seconds));
            Thread.sleep(PERIOD_MILLISECONDS);
        }
        double clock = (System.nanoTime() - start) / 1e9;
        if (process.waitFor() != 0) {
            throw new IOException(
                    "%s failed with status %d: %s"
                            .formatted(
                                    command.get(0), process.exitValue(), Files.readString(log())));
        }
        Files.delete(log());
        return measured(moments, clock);
    }

    private Measured measured(List<Moment> moments, double clock) throws IOException {
        long all = bytes();
        Moment first = after(moments, 1);
        Moment warm = after(moments, (long) (WARM * all));
        Moment ending = after(moments, (long) (ENDING * all));
        Moment last = moments.get(moments.size() - 1);
        return new Measured(
                first.seconds(),
                last.seconds(),
                clock,
                (ending.seconds() - warm.seconds()) / (ending.bytes() - warm.bytes()));
    }

    /** The first moment with so many bytes of output, or the last one. */
    private static Moment after(List<Moment> moments, long bytes) {
        return moments.stream()
                .filter(moment -> moment.bytes() >= bytes)
                .findFirst()
                .orElse(moments.get(moments.size() - 1));
    }

    /** The size of the output so far. */
    long bytes() throws IOException {
        return files().stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** The files of the output, in the order in which they were written. */
    List<Path> files() throws IOException {
        if (!Files.exists(output)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(output)) {
            return paths.filter(Files::isRegularFile).sorted(LineProcess::compareNames).toList();
        } catch (UncheckedIOException e) {
            return List.of(); // a file was renamed meanwhile
        }
    }

    /** Part 2 before part 10. */
    private static int compareNames(Path left, Path right) {
        String one = left.toString();
        String other = right.toString();
        return one.length() == other.length()
                ? one.compareTo(other)
                : Integer.compare(one.length(), other.length());
    }

    /** Deletes the output. */
    void delete() throws IOException {
        FileUtils.deleteFileOrDirectory(output.toFile());
    }

    private Path log() {
        return output.resolveSibling("process.log");
    }

    private List<String> pinned() {
        if (!Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        return pinned;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
