package org.mydropout.job.augment;

import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.DropoutResult;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.text.TextRecord;

/** The dropout operator. It adds its counts to accumulators for the job's summary. */
final class CountedDropout extends RichMapFunction<TextRecord, TextRecord>
        implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    private final DropoutMapFunction<TextRecord> dropout;
    private final @Nullable CommitLog commitLog;
    private transient RunCounts counts;

    /**
     * @param commitLog where the sink, which is chained to this function, has what it makes final
     *     noted; null: nowhere
     */
    CountedDropout(DropoutConfig config, @Nullable CommitLog commitLog) {
        this.dropout = new DropoutMapFunction<>(config, TextRecord.ACCESSOR);
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

    /**
     * Flink tells the operators of a chain of it from the last to the first, so the sink has made
     * its files final already. It is told of checkpoints and of the savepoint that a job is stopped
     * with, and of no other savepoint.
     */
    @Override
    public void notifyCheckpointComplete(long checkpoint) throws IOException {
        if (commitLog != null) {
            String job = getRuntimeContext().getJobInfo().getJobId().toHexString();
            commitLog.add(new Commit(job, checkpoint));
        }
    }

    @Override
    public void close() throws Exception {
        dropout.close();
    }
}
