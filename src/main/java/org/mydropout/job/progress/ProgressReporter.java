package org.mydropout.job.progress;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;
import org.apache.flink.core.execution.JobClient;

/** Tells how far a running job is, from the job's accumulators. */
public final class ProgressReporter {

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** So that a line that is too long for the terminal is cut, and can still be taken away. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private static final long PLAIN_INTERVAL = Duration.ofSeconds(10).toNanos();

    private final ProgressText text;
    @Nullable private final PrintWriter terminal;
    @Nullable private final PrintWriter plain;
    private final long start = System.nanoTime();
    private long lastPlain = start;
    private boolean isShown;

    private ProgressReporter(
            ProgressText text, @Nullable PrintWriter terminal, @Nullable PrintWriter plain) {
        this.text = text;
        this.terminal = terminal;
        this.plain = plain;
    }

    /**
     * Creates a reporter.
     *
     * @param console the terminal; null: there is none
     * @param err where plain lines go
     * @param inputSize how many bytes the source has, where that is known
     */
    public static ProgressReporter of(
            ProgressMode mode, @Nullable Console console, PrintWriter err, OptionalLong inputSize) {
        boolean onTerminal = mode == ProgressMode.AUTO && console != null;
        return new ProgressReporter(
                new ProgressText(inputSize),
                onTerminal ? console.writer() : null,
                onTerminal || mode == ProgressMode.NONE ? null : err);
    }

    /** Tells it, if it is time; to be called about once a second. */
    public void report(JobClient client) throws InterruptedException {
        if (terminal == null && plain == null) {
            return;
        }
        try {
            report(
                    Reading.of(
                            System.nanoTime(), client.getAccumulators().get(1, TimeUnit.SECONDS)));
        } catch (ExecutionException | TimeoutException e) {
            // No counts just now: the job is starting, recovering or ending.
        }
    }

    void report(Reading reading) {
        String line = text.line(reading);
        if (terminal != null) {
            terminal.print(CLEAR_LINE + NO_WRAP + line + WRAP);
            terminal.flush();
            isShown = true;
        } else if (plain != null && reading.nanoTime() - lastPlain >= PLAIN_INTERVAL) {
            lastPlain = reading.nanoTime();
            plain.println(line);
        }
    }

    /** Takes the line on the terminal away. */
    public void end() {
        if (isShown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }
}
