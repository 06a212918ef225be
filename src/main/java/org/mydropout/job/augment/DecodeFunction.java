package org.mydropout.job.augment;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.DeadLetter;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextRecord;

/**
 * Decodes lines into records, and each record into its copies. A line that its decoder refuses
 * becomes a dead letter, in a side output, or fails the job where there is none; any other
 * exception fails the task.
 */
public final class DecodeFunction extends ProcessFunction<SourceRecord, TextRecord> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letter", TypeInformation.of(DeadLetter.class));

    private final RecordSchema schema;
    @Nullable private final CsvHeader header;
    @Nullable private final RecordCopies copies;
    private final boolean refusesLineEnds;
    private final boolean hasDeadLetters;
    private transient RecordDecoder decoder;
    private transient RunCounts counts;

    /**
     * @param schema the fields of a record
     * @param header the columns of CSV lines; null: lines are JSON
     * @param copies several records for one; null: one
     * @param refusesLineEnds whether a message that holds a line end is refused
     * @param hasDeadLetters whether the side output goes somewhere
     */
    public DecodeFunction(
            RecordSchema schema,
            @Nullable CsvHeader header,
            @Nullable RecordCopies copies,
            boolean refusesLineEnds,
            boolean hasDeadLetters) {
        this.schema = schema;
        this.header = header;
        this.copies = copies;
        this.refusesLineEnds = refusesLineEnds;
        this.hasDeadLetters = hasDeadLetters;
    }

    @Override
    public void open(OpenContext context) {
        counts = new RunCounts(getRuntimeContext());
        decoder = RecordDecoder.of(schema, header);
    }

    @Override
    public void processElement(SourceRecord line, Context context, Collector<TextRecord> out)
            throws RefusedLineException {
        counts.add(RunCount.RECORDS_IN, 1);
        List<TextRecord> records = List.of();
        try {
            if (refusesLineEnds && line.envelope() != null) {
                RecordDecoder.requireOneLine(line);
            }
            TextRecord record = decoder.decode(line);
            records = copies == null ? List.of(record) : copies.of(record);
        } catch (RefusedLineException e) {
            if (!hasDeadLetters) {
                throw e.at(line.source());
            }
            counts.add(RunCount.DEAD_LETTERS, 1);
            context.output(DEAD_LETTERS, DeadLetter.of(line, e));
        }
        records.forEach(out::collect);
    }
}
