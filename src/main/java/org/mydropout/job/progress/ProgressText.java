package org.mydropout.job.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The progress of a job in one line. */
final class ProgressText {

    /** The period over which the rates are averaged. */
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();

    private static final double NANOSECONDS = 1e9;

    /** Of an input of which less has been read it is not known how long the rest takes. */
    private static final double LEAST_SHARE = 0.01;

    private final OptionalLong inputSize;
    private final Deque<Reading> window = new ArrayDeque<>();
    private long checkpoint;
    private long checkpointSeen;

    /**
     * @param inputSize the size of the source in bytes, if known
     */
    ProgressText(OptionalLong inputSize) {
        this.inputSize = inputSize;
    }

    /**
     * The line for a reading.
     *
     * @param now a reading that is later than those before
     */
    String line(Reading now) {
        if (!window.isEmpty() && now.records() < window.getLast().records()) {
            window.clear(); // the job was restarted and counts from 0 again
        }
        while (window.size() > 1 && now.nanoTime() - window.getFirst().nanoTime() > WINDOW) {
            window.removeFirst();
        }
        window.addLast(now);
        List<String> parts = new ArrayList<>();
        parts.add(counted(now.records(), "record"));
        double seconds = (now.nanoTime() - window.getFirst().nanoTime()) / NANOSECONDS;
        if (seconds > 0) {
            double rate = (now.records() - window.getFirst().records()) / seconds;
            parts.add(String.format(Locale.ROOT, "%,.0f/s", rate));
        }
        inputSize.ifPresent(size -> parts.add(share(now, size, seconds)));
        if (now.deadLetters() > 0) {
            parts.add(counted(now.deadLetters(), "dead letter"));
        }
        if (now.checkpoint() > checkpoint) {
            checkpoint = now.checkpoint();
            checkpointSeen = now.nanoTime();
        }
        if (checkpoint > 0) {
            parts.add(
                    "checkpoint %d (%s ago)"
                            .formatted(
                                    checkpoint,
                                    duration((now.nanoTime() - checkpointSeen) / NANOSECONDS)));
        }
        return String.join(", ", parts);
    }

    private String share(Reading now, long size, double seconds) {
        double share = size == 0 ? 1 : Math.min(1, (double) now.bytes() / size);
        String text = String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * share));
        long read = now.bytes() - window.getFirst().bytes();
        if (read <= 0 || seconds <= 0 || share < LEAST_SHARE || share >= 1) {
            return text;
        }
        return text + " (" + duration((size - now.bytes()) / (read / seconds)) + " left)";
    }

    private static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** The duration in the largest unit that gives at least 2. */
    private static String duration(double seconds) {
        if (seconds < 120) {
            return "%.0f s".formatted(Math.ceil(seconds));
        }
        return seconds < 7200
                ? "%.0f min".formatted(seconds / 60)
                : "%.0f h".formatted(seconds / 3600);
    }
}
