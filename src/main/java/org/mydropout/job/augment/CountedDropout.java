package org.mydropout.job.augment;

import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.api.common.accumulators.DoubleCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.DropoutResult;
import org.mydropout.flink.RecordAccessor;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.text.TextRecord;

/** The dropout operator. It adds its counts to accumulators for the job's summary. */
final class CountedDropout extends RichMapFunction<TextRecord, TextRecord>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;

    private final DropoutMapFunction<TextRecord> dropout;
    private final @Nullable CommitLog commitLog;
    private transient RunCounts counts;
    private transient DoubleCounter expectedDropped;

    /**
     * @param accessor how a record is read and written
     * @param commitLog the log of the sink, which is chained to this function; null if it has none
     */
    CountedDropout(
            DropoutConfig config,
            RecordAccessor<TextRecord> accessor,
            @Nullable CommitLog commitLog) {
        this.dropout = new DropoutMapFunction<>(config, accessor);
        this.commitLog = commitLog;
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
        expectedDropped = getRuntimeContext().getDoubleCounter(RunCount.EXPECTED_DROPPED);
    }

    @Override
    public TextRecord map(TextRecord record) throws Exception {
        DropoutResult<TextRecord> result = dropout.apply(record);
        expectedDropped.add(result.expectedDropped());
        counts.add(RunCount.RECORDS_OUT, 1);
        counts.add(RunCount.ELEMENTS_KEPT, result.kept());
        counts.add(RunCount.ELEMENTS_DROPPED, result.dropped());
        counts.add(RunCount.KEYS_REUSED, result.keyReused() ? 1 : 0);
        return result.record();
    }

    /** At a restore, the sink makes its output final up to the snapshot. */
    @Override
    public void initializeState(FunctionInitializationContext context) throws IOException {
        if (commitLog != null && context.getRestoredCheckpointId().isPresent()) {
            commitLog.addRestored(commit(context.getRestoredCheckpointId().getAsLong()));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    /**
     * Flink calls this for checkpoints and for the savepoint with which a job is stopped, but not
     * for other savepoints. It calls the operators of a chain from the last to the first, so the
     * sink has already made its output final.
     */
    @Override
    public void notifyCheckpointComplete(long checkpoint) throws IOException {
        if (commitLog != null) {
            commitLog.add(commit(checkpoint));
        }
    }

    private Commit commit(long snapshot) {
        return new Commit(getRuntimeContext().getJobInfo().getJobId().toHexString(), snapshot);
    }

    @Override
    public void close() throws Exception {
        dropout.close();
    }
}
