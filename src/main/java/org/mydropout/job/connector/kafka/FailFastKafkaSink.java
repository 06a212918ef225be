package org.mydropout.job.connector.kafka;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.mydropout.job.connector.FailFastSink;

/**
 * Flink's {@link KafkaSink}, which fails the job at once for the failures of {@link KafkaFailures}.
 */
final class FailFastKafkaSink<
                T,
                S,
                C,
                D extends
                        Sink<T> & SupportsWriterState<T, S> & SupportsCommitter<C>
                                & SupportsPostCommitTopology<C> & LineageVertexProvider>
        extends FailFastSink<T, S, C, D>
        implements SupportsPostCommitTopology<C>, LineageVertexProvider {
    private static final long serialVersionUID = 1L;

    FailFastKafkaSink(String topic, D sink) {
        super(sink, failure -> KafkaFailures.permanent("topic " + topic, failure));
    }

    /** Keeps writers and committers on one machine, because they share producers. */
    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<C>> committables) {
        sink().addPostCommitTopology(committables);
    }

    @Override
    public LineageVertex getLineageVertex() {
        return sink().getLineageVertex();
    }
}
