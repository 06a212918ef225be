package org.mydropout.job.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ProgressReporter} and {@link ProgressText}. */
class ProgressReporterTest {

    @Test
    void tellsWhatIsCountedFirst() {
        ProgressText text = new ProgressText(OptionalLong.empty());
        assertThat(text.line(reading(0, 1, 0, 0, 0))).isEqualTo("1 record");
    }

    @Test
    void tellsRateShareAndTimeLeft() {
        ProgressText text = new ProgressText(OptionalLong.of(10_000));
        text.line(reading(0, 0, 0, 0, 0));
        assertThat(text.line(reading(10, 123_450, 2_590, 1_234, 3)))
                .isEqualTo(
                        "123,450 records, 12,345/s, 25 % (29 s left), 1,234 dead letters,"
                                + " checkpoint 3 (0 s ago)");
    }

    @Test
    void tellsNoTimeLeftBeforeAHundredthIsRead() {
        ProgressText text = new ProgressText(OptionalLong.of(10_000));
        text.line(reading(0, 0, 0, 0, 0));
        assertThat(text.line(reading(1, 1, 99, 0, 0))).isEqualTo("1 record, 1/s, 0 %");
        assertThat(text.line(reading(2, 1, 100, 0, 0)))
                .isEqualTo("1 record, 1/s, 1 % (3 min left)");
    }

    @Test
    void countsOverTheLastHalfMinute() {
        ProgressText text = new ProgressText(OptionalLong.empty());
        text.line(reading(0, 0, 0, 0, 0));
        text.line(reading(40, 4_000, 0, 0, 0));
        assertThat(text.line(reading(60, 4_200, 0, 0, 0))).isEqualTo("4,200 records, 10/s");
    }

    @Test
    void startsAnewWithAJobThatWasRestarted() {
        ProgressText text = new ProgressText(OptionalLong.empty());
        text.line(reading(0, 500, 0, 0, 0));
        assertThat(text.line(reading(1, 100, 0, 0, 0))).isEqualTo("100 records");
        assertThat(text.line(reading(2, 150, 0, 0, 0))).isEqualTo("150 records, 50/s");
    }

    @Test
    void tellsHowLongAgoTheLastCheckpointWas() {
        ProgressText text = new ProgressText(OptionalLong.empty());
        text.line(reading(0, 0, 0, 0, 4));
        assertThat(text.line(reading(180, 0, 0, 0, 4)))
                .isEqualTo("0 records, 0/s, checkpoint 4 (3 min ago)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 100 %", "100, 150, 100 %", "100, 0, 0 %"})
    void knowsTheEnds(long size, long bytes, String share) {
        ProgressText text = new ProgressText(OptionalLong.of(size));
        assertThat(text.line(reading(0, 7, bytes, 0, 0))).isEqualTo("7 records, " + share);
    }

    @Test
    void printsAPlainLineEveryTenSeconds() {
        StringWriter err = new StringWriter();
        ProgressReporter reporter =
                ProgressReporter.of(
                        ProgressMode.AUTO, null, new PrintWriter(err), OptionalLong.empty());
        long now = System.nanoTime() / 1_000_000_000;
        for (int second = 1; second <= 25; second++) {
            reporter.report(reading(now + second, 10L * second, 0, 0, 0));
        }
        reporter.end();
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.endsWith("10/s"));
    }

    @Test
    void printsNothingWhereNothingIsWanted() {
        StringWriter err = new StringWriter();
        ProgressReporter reporter =
                ProgressReporter.of(
                        ProgressMode.NONE, null, new PrintWriter(err), OptionalLong.empty());
        reporter.report(reading(Long.MAX_VALUE / 2_000_000_000, 1, 0, 0, 0));
        reporter.end();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void readsAccumulators() {
        Map<String, Object> accumulators =
                Map.of(
                        "RECORDS_IN",
                        5L,
                        "BYTES_IN",
                        70L,
                        "DEAD_LETTERS",
                        1L,
                        "LAST_CHECKPOINT",
                        2L);
        assertThat(Reading.of(9, accumulators)).isEqualTo(new Reading(9, 5, 70, 1, 2));
        assertThat(Reading.of(9, Map.of("LAST_CHECKPOINT", Long.MIN_VALUE)))
                .isEqualTo(new Reading(9, 0, 0, 0, 0));
    }

    private static Reading reading(
            long seconds, long records, long bytes, long deadLetters, long checkpoint) {
        return new Reading(
                Duration.ofSeconds(seconds).toNanos(), records, bytes, deadLetters, checkpoint);
    }
}
