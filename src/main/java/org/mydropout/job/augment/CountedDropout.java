package org.mydropout.job.augment;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.DropoutResult;
import org.mydropout.job.text.TextRecord;

/** The dropout operator. It adds its counts to accumulators for the job's summary. */
final class CountedDropout extends RichMapFunction<TextRecord, TextRecord> {
    private static final long serialVersionUID = 1L;

    private final DropoutMapFunction<TextRecord> dropout;
    private transient RunCounts counts;

    CountedDropout(DropoutConfig config) {
        this.dropout = new DropoutMapFunction<>(config, TextRecord.ACCESSOR);
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        dropout.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        dropout.open(context);
        counts = new RunCounts(getRuntimeContext());
    }

    @Override
    public TextRecord map(TextRecord record) throws Exception {
        DropoutResult<TextRecord> result = dropout.apply(record);
        counts.add(RunCount.RECORDS_OUT, 1);
        counts.add(RunCount.ELEMENTS_KEPT, result.kept());
        counts.add(RunCount.ELEMENTS_DROPPED, result.dropped());
        counts.add(RunCount.KEYS_REUSED, result.keyReused() ? 1 : 0);
        return result.record();
    }

    @Override
    public void close() throws Exception {
        dropout.close();
    }
}
