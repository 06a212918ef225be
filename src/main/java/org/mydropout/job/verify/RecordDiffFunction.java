package org.mydropout.job.verify;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts the records of an id and step that are different, missing or not expected. */
final class RecordDiffFunction extends RichFlatMapFunction<RecordDiff, Void> {
    private static final long serialVersionUID = 1L;

    private transient VerificationResult findings;

    @Override
    public void open(OpenContext context) {
        findings = new VerificationResult(getRuntimeContext());
    }

    @Override
    public void flatMap(RecordDiff records, Collector<Void> out) {
        long different = records.different();
        findings.count(VerifyCount.DIFFERENT, different);
        findings.count(VerifyCount.MISSING, records.missing() - different);
        findings.count(VerifyCount.UNEXPECTED, records.surplus() - different);
        records.differences().forEach(findings::show);
    }
}
