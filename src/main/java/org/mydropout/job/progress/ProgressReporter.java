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

/** Reports the progress of a running job from its accumulators. */
public final class ProgressReporter {

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** Makes the terminal cut a line that is too long, so that it can still be erased. */
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
     * @param console the terminal; null if there is none
     * @param err the writer for plain lines
     * @param inputSize the size of the source in bytes, if known
     */
    public static ProgressReporter of(
            ProgressMode mode, @Nullable Console console, PrintWriter err, OptionalLong inputSize) {
        boolean onTerminal = mode == ProgressMode.AUTO && console != null;
        return new ProgressReporter(
                new ProgressText(inputSize),
                onTerminal ? console.writer() : null,
                onTerminal || mode == ProgressMode.NONE ? null : err);
    }

    /** Reports the progress, if it is time. Call this about once a second. */
    public void report(JobClient client) throws InterruptedException {
        if (terminal == null && plain == null) {
            return;
        }
        try {
            report(
                    Reading.of(
                            System.nanoTime(), client.getAccumulators().get(1, TimeUnit.SECONDS)));
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // There are no counts while the job is starting, recovering or ending. An embedded
            // cluster that has ended with its job is an illegal state.
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

    /** Erases the line on the terminal. */
    public void end() {
        if (isShown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }
}
