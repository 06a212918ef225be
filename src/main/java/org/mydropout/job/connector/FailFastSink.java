package org.mydropout.job.connector;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Wraps one of Flink's sinks. Permanent failures fail the job at once, with a sentence that names
 * the place. State and committables are those of Flink's sink.
 *
 * @param <T> the type of the values
 * @param <S> the state of a writer
 * @param <C> the committables
 * @param <D> the type of Flink's sink
 */
public abstract class FailFastSink<
                T, S, C, D extends Sink<T> & SupportsWriterState<T, S> & SupportsCommitter<C>>
        implements Sink<T>, SupportsWriterState<T, S>, SupportsCommitter<C> {
    private static final long serialVersionUID = 1L;

    private final D sink;
    private final FailureRule rule;

    /**
     * @param sink Flink's sink
     * @param rule decides which failures are permanent
     */
    protected FailFastSink(D sink, FailureRule rule) {
        this.sink = sink;
        this.rule = rule;
    }

    /** Flink's sink. */
    protected D sink() {
        return sink;
    }

    @Override
    public StatefulSinkWriter<T, S> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, S> restoreWriter(WriterInitContext context, Collection<S> state)
            throws IOException {
        try {
            return new Writer<T, S, C>(
                    sink.restoreWriter(new FailFastWriterContext(context, rule), state), rule);
        } catch (IOException | RuntimeException e) {
            throw rule.rethrow(e);
        }
    }

    @Override
    public SimpleVersionedSerializer<S> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }

    @Override
    public Committer<C> createCommitter(CommitterInitContext context) throws IOException {
        return new FailFastCommitter<>(sink.createCommitter(context), rule);
    }

    @Override
    public SimpleVersionedSerializer<C> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @SuppressWarnings("try") // close() may throw what that of Flink's writer does
    private static final class Writer<T, S, C>
            implements StatefulSinkWriter<T, S>, CommittingSinkWriter<T, C> {
        private final StatefulSinkWriter<T, S> writer;
        private final CommittingSinkWriter<T, C> committing;
        private final FailureRule rule;

        @SuppressWarnings("unchecked") // every sink with committables has a writer of them
        private Writer(StatefulSinkWriter<T, S> writer, FailureRule rule) {
            this.writer = writer;
            this.committing = (CommittingSinkWriter<T, C>) writer;
            this.rule = rule;
        }

        @Override
        public void write(T element, Context context) throws IOException, InterruptedException {
            try {
                writer.write(element, context);
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            try {
                writer.flush(endOfInput);
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
            writer.writeWatermark(watermark);
        }

        @Override
        public Collection<C> prepareCommit() throws IOException, InterruptedException {
            try {
                return committing.prepareCommit();
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public List<S> snapshotState(long checkpointId) throws IOException {
            try {
                return writer.snapshotState(checkpointId);
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public void close() throws Exception {
            writer.close();
        }
    }

    @SuppressWarnings("try") // as for the writer
    private record FailFastCommitter<C>(Committer<C> committer, FailureRule rule)
            implements Committer<C> {

        @Override
        public void commit(Collection<CommitRequest<C>> requests)
                throws IOException, InterruptedException {
            try {
                committer.commit(requests);
            } catch (IOException | RuntimeException e) {
                throw rule.rethrow(e);
            }
        }

        @Override
        public void close() throws Exception {
            committer.close();
        }
    }
}
