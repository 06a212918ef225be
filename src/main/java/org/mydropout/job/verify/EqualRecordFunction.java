package org.mydropout.job.verify;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts the records that are equal, and those that are repeated, and emits all others. */
final class EqualRecordFunction extends RichFlatMapFunction<RecordCount, RecordDiff> {
    private static final long serialVersionUID = 1L;

    private transient VerificationResult result;

    @Override
    public void open(OpenContext context) {
        result = new VerificationResult(getRuntimeContext());
    }

    @Override
    public void flatMap(RecordCount count, Collector<RecordDiff> out) {
        long expected = count.expected();
        long found = count.found();
        result.count(VerifyCount.EQUAL, Math.min(expected, found));
        if (expected > 0 && found > expected) {
            result.count(VerifyCount.REPEATED, found - expected);
            result.show(
                    Difference.of(
                            VerifyCount.REPEATED,
                            count.content(),
                            "must occur %s, but occurs %s"
                                    .formatted(times(expected), times(found))));
        } else if (expected != found) {
            out.collect(RecordDiff.of(count));
        }
    }

    private static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }
}
