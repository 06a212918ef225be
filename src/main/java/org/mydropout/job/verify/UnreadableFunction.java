package org.mydropout.job.verify;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mydropout.job.text.DeadLetter;
import org.mydropout.job.text.PrintableText;

/** Counts output lines that are not records as unexpected. */
final class UnreadableFunction extends RichFlatMapFunction<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;

    private transient VerificationResult result;

    @Override
    public void open(OpenContext context) {
        result = new VerificationResult(getRuntimeContext());
    }

    @Override
    public void flatMap(DeadLetter letter, Collector<Void> out) {
        result.count(VerifyCount.UNEXPECTED, 1);
        result.show(
                new Difference(
                        VerifyCount.UNEXPECTED,
                        "",
                        "",
                        PrintableText.printable(
                                letter.source() + " is not a record: " + letter.message())));
    }
}
