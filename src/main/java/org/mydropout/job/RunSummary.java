package org.mydropout.job;

import java.util.Locale;
import java.util.Map;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.RunCount;
import org.mydropout.job.explain.FlaxRecipe;

/** What a run is summed up by when it has ended. */
final class RunSummary {

    private final JobConfig config;
    private final Map<String, Object> counts;
    private final double seconds;

    /**
     * @param config the job
     * @param counts the accumulators of the job
     * @param nanoseconds the duration of the job
     */
    RunSummary(JobConfig config, Map<String, Object> counts, long nanoseconds) {
        this.config = config;
        this.counts = counts;
        this.seconds = nanoseconds / 1e9;
    }

    /** The summary. Each line ends with a line end. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (RunCount.FIRST_ATTEMPTS.of(counts) > 0) {
            appendCounts(text);
        } else {
            text.append("The job was restarted after a failure, and did not count through it.\n");
            text.append(config.sink().afterFailure())
                    .append(": ")
                    .append(config.sink().description())
                    .append('\n');
        }
        text.append(
                "To check a record in Python, before and after being the same in input and output:\n");
        new FlaxRecipe(
                        config.dropout(),
                        config.schema(),
                        config.source().header().orElse(null),
                        config.selection())
                .lines()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private void appendCounts(StringBuilder text) {
        append(text, "records in", RunCount.RECORDS_IN, config.source().description() + duration());
        append(
                text,
                "bytes in",
                RunCount.BYTES_IN,
                config.source().account(RunCount.BYTES_IN.of(counts)));
        if (!config.source().leftOut().isEmpty()) {
            text.append("%-32s %s%n".formatted("files left out", config.source().leftOut()));
        }
        if (RunCount.BLANK_LINES.of(counts) > 0) {
            append(
                    text,
                    "blank lines",
                    RunCount.BLANK_LINES,
                    "skipped, and no records; " + bytes(RunCount.BYTES_BLANK));
        }
        if (config.copies().isPresent()) {
            append(
                    text,
                    "copies",
                    RunCount.COPIES,
                    "added to the records in; augment.copies: " + config.copies().get().count());
        }
        append(text, "records out", RunCount.RECORDS_OUT, config.sink().description());
        if (config.selection().flatMap(RecordSelection::sample).isPresent()) {
            append(text, "not sampled", RunCount.NOT_SAMPLED, "");
        }
        append(text, "dead letters", RunCount.DEAD_LETTERS, deadLetterPlace());
        if (masks()) {
            append(text, "elements kept", RunCount.ELEMENTS_KEPT, keepRatio());
            append(text, "elements dropped", RunCount.ELEMENTS_DROPPED, "");
        } else if (config.dropout().layers().orElseThrow().isEmpty()) {
            text.append("%-32s %s%n".formatted("layers", "none: vectors pass unchanged"));
        }
        if (RunCount.KEYS_REUSED.of(counts) > 0) {
            append(text, "keys reused", RunCount.KEYS_REUSED, "");
        }
    }

    private void append(StringBuilder text, String label, RunCount count, String remark) {
        String line =
                String.format(Locale.ROOT, "%-17s %,13d  %s", label, count.of(counts), remark);
        text.append(line.stripTrailing()).append('\n');
    }

    private String duration() {
        return String.format(Locale.ROOT, ", in %.1f s", seconds);
    }

    private String bytes(RunCount count) {
        return String.format(Locale.ROOT, "%,d bytes", count.of(counts));
    }

    private String deadLetterPlace() {
        return config.deadLetter()
                .map(deadLetter -> deadLetter.description() + deadLetterBytes())
                .orElse("none allowed: the first would fail the job");
    }

    private String deadLetterBytes() {
        return RunCount.DEAD_LETTERS.of(counts) == 0 ? "" : "; " + bytes(RunCount.BYTES_DEAD);
    }

    /** Whether a layer drops elements: the one dropout of a job without layers always counts. */
    private boolean masks() {
        return config.dropout().layers().isEmpty() || RunCount.expectedDropped(counts) > 0;
    }

    private String keepRatio() {
        long kept = RunCount.ELEMENTS_KEPT.of(counts);
        double all = kept + RunCount.ELEMENTS_DROPPED.of(counts);
        return all == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.5f of all, expected %.5f",
                        kept / all,
                        1 - RunCount.expectedDropped(counts) / all);
    }
}
