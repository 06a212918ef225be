package org.mydropout.job.pipeline;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mydropout.job.record.DeadLetter;
import org.mydropout.job.record.Values;

/** Takes output lines that are no records for unexpected. */
final class UnreadableFunction extends RichFlatMapFunction<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;

    private transient Findings findings;

    @Override
    public void open(OpenContext context) {
        findings = new Findings(getRuntimeContext());
    }

    @Override
    public void flatMap(DeadLetter letter, Collector<Void> out) {
        findings.count(VerifyCount.UNEXPECTED, 1);
        findings.show(
                new Difference(
                        VerifyCount.UNEXPECTED,
                        "",
                        "",
                        Values.printable(letter.source() + " is no record: " + letter.message())));
    }
}
