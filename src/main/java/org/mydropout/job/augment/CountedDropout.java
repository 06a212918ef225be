package org.mydropout.job.augment;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.DropoutMetrics;
import org.mydropout.job.text.TextRecord;

/** The dropout operator, with its metrics as accumulators for the job's summary. */
final class CountedDropout extends RichMapFunction<TextRecord, TextRecord> {
    private static final long serialVersionUID = 1L;

    private final DropoutMapFunction<TextRecord> dropout;
    private transient RunCounts counts;
    private transient long kept;
    private transient long dropped;
    private transient long reused;

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
        TextRecord result = dropout.map(record);
        DropoutMetrics metrics = dropout.metrics();
        counts.add(RunCount.RECORDS_OUT, 1);
        counts.add(RunCount.ELEMENTS_KEPT, metrics.elementsKept() - kept);
        counts.add(RunCount.ELEMENTS_DROPPED, metrics.elementsDropped() - dropped);
        counts.add(RunCount.KEYS_REUSED, metrics.keysReused() - reused);
        kept = metrics.elementsKept();
        dropped = metrics.elementsDropped();
        reused = metrics.keysReused();
        return result;
    }

    @Override
    public void close() throws Exception {
        dropout.close();
    }
}
