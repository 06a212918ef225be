package org.mydropout.job.pipeline;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mydropout.job.record.LineRecord;

/** Makes a tally of one of each record, on the side that it stands. */
final class TallyFunction extends ProcessFunction<LineRecord, Tally> {
    private static final long serialVersionUID = 1L;

    private final boolean expected;
    private final boolean provenance;
    private final boolean messages;
    private final boolean timestamps;

    /**
     * @param expected whether the records are expected, or found
     * @param provenance whether the records have their provenance
     * @param messages whether keys and headers are compared
     * @param timestamps whether timestamps are compared
     */
    TallyFunction(boolean expected, boolean provenance, boolean messages, boolean timestamps) {
        this.expected = expected;
        this.provenance = provenance;
        this.messages = messages;
        this.timestamps = timestamps;
    }

    @Override
    public void processElement(LineRecord record, Context context, Collector<Tally> out) {
        Content content =
                Content.of(record, provenance, messages, timestamps ? context.timestamp() : null);
        out.collect(expected ? Tally.expected(content) : Tally.found(content));
    }
}
