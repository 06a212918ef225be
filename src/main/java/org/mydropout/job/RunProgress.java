package org.mydropout.job;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;
import org.apache.flink.core.execution.JobClient;
import org.mydropout.job.augment.RunCount;

/** One line on a terminal that tells how far a running job is; nothing where there is none. */
final class RunProgress {

    private static final String CLEAR_LINE = "\r\u001b[K";

    @Nullable private final PrintWriter terminal;
    private boolean shown;

    RunProgress(@Nullable Console console) {
        this.terminal = console == null ? null : console.writer();
    }

    /** Shows what the job has counted so far. */
    void show(JobClient client) throws InterruptedException {
        if (terminal == null) {
            return;
        }
        try {
            Map<String, Object> counts = client.getAccumulators().get(1, TimeUnit.SECONDS);
            terminal.printf(
                    Locale.ROOT,
                    "%s%,d records in, %,d out, %,d dead letters",
                    CLEAR_LINE,
                    RunCount.RECORDS_IN.of(counts),
                    RunCount.RECORDS_OUT.of(counts),
                    RunCount.DEAD_LETTERS.of(counts));
            terminal.flush();
            shown = true;
        } catch (ExecutionException | TimeoutException e) {
            // No counts just now: the job is starting, recovering or ending.
        }
    }

    /** Takes the line away. */
    void end() {
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }
}
