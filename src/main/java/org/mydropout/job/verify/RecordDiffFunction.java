package org.mydropout.job.verify;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts the different, missing and unexpected records of an id and step. */
final class RecordDiffFunction extends RichFlatMapFunction<RecordDiff, Void> {
    private static final long serialVersionUID = 1L;

    private transient VerificationResult result;

    @Override
    public void open(OpenContext context) {
        result = new VerificationResult(getRuntimeContext());
    }

    @Override
    public void flatMap(RecordDiff records, Collector<Void> out) {
        long different = records.different();
        result.count(VerifyCount.DIFFERENT, different);
        result.count(VerifyCount.MISSING, records.missing() - different);
        result.count(VerifyCount.UNEXPECTED, records.surplus() - different);
        records.differences().forEach(result::show);
    }
}
