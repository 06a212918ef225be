package org.mydropout.job.verify;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.TextRecord;

/** Makes the count of each record, as expected or as found. */
final class RecordCountFunction extends ProcessFunction<TextRecord, RecordCount> {
    private static final long serialVersionUID = 1L;

    private final ElementType type;
    private final boolean expected;
    private final boolean provenance;
    private final boolean messages;
    private final boolean timestamps;

    /**
     * @param type of the vectors' elements
     * @param expected whether the records are expected rather than found
     * @param provenance whether the records have a provenance
     * @param messages whether keys and headers are compared
     * @param timestamps whether timestamps are compared
     */
    RecordCountFunction(
            ElementType type,
            boolean expected,
            boolean provenance,
            boolean messages,
            boolean timestamps) {
        this.type = type;
        this.expected = expected;
        this.provenance = provenance;
        this.messages = messages;
        this.timestamps = timestamps;
    }

    @Override
    public void processElement(TextRecord record, Context context, Collector<RecordCount> out) {
        ComparedRecord content =
                ComparedRecord.of(
                        record,
                        type,
                        provenance,
                        messages,
                        timestamps ? context.timestamp() : null);
        out.collect(expected ? RecordCount.expected(content) : RecordCount.found(content));
    }
}
