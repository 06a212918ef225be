package org.mydropout.job.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.text.DeadLetter;
import org.mydropout.job.text.DeadLetterReason;
import org.mydropout.job.text.ElementType;

/**
 * Tests for the counting functions of a verification: {@link EqualRecordFunction}, {@link
 * RecordDiffFunction} and {@link UnreadableFunction}.
 */
class VerifyFunctionsTest {

    private static final ComparedRecord RECORD = record(1, "r");

    private static ComparedRecord record(float value, String rest) {
        return new ComparedRecord(
                "a",
                "7",
                ElementType.FLOAT32,
                ComparedRecordTest.bits(value),
                null,
                rest.getBytes(UTF_8),
                null,
                null);
    }

    /** The output, the counts and the shown differences of a function. */
    private record Outcome<T>(
            List<T> given, Map<VerifyCount, Long> counts, List<Difference> differences) {}

    @SafeVarargs
    @SuppressWarnings("try") // closing the operator may be interrupted
    private static <I, T> Outcome<T> run(FlatMapFunction<I, T> function, I... inputs)
            throws Exception {
        StreamFlatMap<I, T> operator = new StreamFlatMap<>(function);
        try (OneInputStreamOperatorTestHarness<I, T> harness =
                new OneInputStreamOperatorTestHarness<>(operator)) {
            harness.open();
            for (I input : inputs) {
                harness.processElement(input, 0);
            }
            Map<VerifyCount, Long> counts = new EnumMap<>(VerifyCount.class);
            for (VerifyCount count : VerifyCount.values()) {
                long number =
                        operator.getRuntimeContext()
                                .getLongCounter(count.name())
                                .getLocalValuePrimitive();
                if (number > 0) {
                    counts.put(count, number);
                }
            }
            Difference[] differences =
                    (Difference[])
                            operator.getRuntimeContext()
                                    .getAccumulator("DIFFERENCES")
                                    .getLocalValue();
            return new Outcome<>(harness.extractOutputValues(), counts, List.of(differences));
        }
    }

    private static Map<VerifyCount, Long> counts(long equal, long repeated) {
        Map<VerifyCount, Long> counts = new EnumMap<>(VerifyCount.class);
        counts.put(VerifyCount.EQUAL, equal);
        counts.put(VerifyCount.REPEATED, repeated);
        counts.values().removeIf(number -> number == 0);
        return counts;
    }

    @ParameterizedTest
    @CsvSource({
        // expected, found: equal, repeated, missing, surplus
        "1, 1, 1, 0, 0, 0",
        "3, 3, 3, 0, 0, 0",
        "1, 0, 0, 0, 1, 0",
        "3, 1, 1, 0, 2, 0",
        "0, 2, 0, 0, 0, 2",
        "1, 2, 1, 1, 0, 0",
        "2, 5, 2, 3, 0, 0"
    })
    void countsEqualAndRepeatedRecordsAndPassesTheRestOn(
            long expected, long found, long equal, long repeated, long missing, long surplus)
            throws Exception {
        Outcome<RecordDiff> outcome =
                run(
                        new EqualRecordFunction(),
                        new RecordCount(RECORD.digest(), RECORD, expected, found));

        assertThat(outcome.counts()).isEqualTo(counts(equal, repeated));
        if (missing + surplus == 0) {
            assertThat(outcome.given()).isEmpty();
        } else {
            RecordDiff diff = outcome.given().get(0);
            assertThat(outcome.given()).hasSize(1);
            assertThat(diff.missing()).isEqualTo(missing);
            assertThat(diff.surplus()).isEqualTo(surplus);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 'once, but occurs 2 times'", "2, 5, '2 times, but occurs 5 times'"})
    void showsHowOftenARecordIsRepeated(long expected, long found, String sentence)
            throws Exception {
        Outcome<RecordDiff> outcome =
                run(new EqualRecordFunction(), new RecordCount("d", RECORD, expected, found));

        assertThat(outcome.differences())
                .extracting(Difference::toString)
                .containsExactly("id a, step 7 must occur " + sentence);
    }

    @Test
    void countsEveryExpectedAndEveryFoundRecordOfADifferenceOnce() throws Exception {
        RecordDiff diff =
                RecordDiff.of(new RecordCount("1", record(1, "r"), 5, 0))
                        .plus(RecordDiff.of(new RecordCount("2", record(2, "r"), 0, 2)));
        RecordDiff surplus = RecordDiff.of(new RecordCount("3", record(3, "r"), 0, 4));

        Outcome<Void> outcome = run(new RecordDiffFunction(), diff, surplus);

        assertThat(outcome.given()).isEmpty();
        assertThat(outcome.counts())
                .isEqualTo(
                        Map.of(
                                VerifyCount.DIFFERENT, 2L,
                                VerifyCount.MISSING, 3L,
                                VerifyCount.UNEXPECTED, 4L));
        assertThat(outcome.differences())
                .extracting(Difference::kind)
                .containsOnly(VerifyCount.DIFFERENT, VerifyCount.MISSING, VerifyCount.UNEXPECTED);
    }

    @Test
    void takesALineThatIsNoRecordForUnexpected() throws Exception {
        Outcome<Void> outcome =
                run(
                        new UnreadableFunction(),
                        new DeadLetter(
                                DeadLetterReason.MALFORMED,
                                "It must be one.\u001b[2J",
                                new byte[0],
                                "out/part-0:3",
                                null));

        assertThat(outcome.counts()).isEqualTo(Map.of(VerifyCount.UNEXPECTED, 1L));
        assertThat(outcome.differences())
                .extracting(Difference::toString)
                .containsExactly("out/part-0:3 is not a record: It must be one.\\u001b[2J");
    }
}
