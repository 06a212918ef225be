package org.mydropout.job.augment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.DeadLetter;
import org.mydropout.job.text.DeadLetterReason;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextRecord;

/**
 * Decodes lines into records, and makes the copies of each record. It counts and skips blank lines
 * of files. A line that the decoder refuses goes to the side output as a dead letter, or fails the
 * job if there are no dead letters. Any other exception fails the task.
 */
public final class DecodeFunction extends ProcessFunction<SourceRecord, TextRecord>
        implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letter", TypeInformation.of(DeadLetter.class));

    /**
     * Counter: lines that could not be decoded. There is one counter per {@link DeadLetterReason}.
     */
    public static final String DEAD_LETTERS_METRIC = "deadLetters";

    /** The metric group with the reason as its value. Reporters with labels make it a label. */
    public static final String REASON = "reason";

    private final RecordSchema schema;
    @Nullable private final CsvHeader header;
    @Nullable private final RecordCopies copies;
    @Nullable private final VectorCheck vectorCheck;
    @Nullable private final Selection selection;
    private final boolean refusesLineEnds;
    private final boolean hasDeadLetters;
    private transient RecordDecoder decoder;
    private transient RunCounts counts;
    private transient LongMaximum lastCheckpoint;
    private transient Map<DeadLetterReason, Counter> deadLetters;

    /**
     * @param schema the fields of a record
     * @param header the columns of CSV lines; null: lines are JSON
     * @param copies several records for one; null: one
     * @param vectorCheck refuses vectors that the layers cannot be applied to; null: accepts all
     * @param selection which records go on; null: all
     * @param refusesLineEnds whether a message that holds a line end is refused
     * @param hasDeadLetters whether the side output goes somewhere
     */
    public DecodeFunction(
            RecordSchema schema,
            @Nullable CsvHeader header,
            @Nullable RecordCopies copies,
            @Nullable VectorCheck vectorCheck,
            @Nullable Selection selection,
            boolean refusesLineEnds,
            boolean hasDeadLetters) {
        this.schema = schema;
        this.header = header;
        this.copies = copies;
        this.vectorCheck = vectorCheck;
        this.selection = selection;
        this.refusesLineEnds = refusesLineEnds;
        this.hasDeadLetters = hasDeadLetters;
    }

    @Override
    public void open(OpenContext context) {
        counts = new RunCounts(getRuntimeContext());
        lastCheckpoint = new LongMaximum();
        getRuntimeContext().addAccumulator(RunCount.LAST_CHECKPOINT, lastCheckpoint);
        deadLetters = new EnumMap<>(DeadLetterReason.class);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(
                    reason,
                    getRuntimeContext()
                            .getMetricGroup()
                            .addGroup(REASON, reason.name())
                            .counter(DEAD_LETTERS_METRIC));
        }
        decoder = RecordDecoder.of(schema, header);
    }

    @Override
    public void processElement(SourceRecord line, Context context, Collector<TextRecord> out)
            throws RefusedLineException {
        counts.add(RunCount.BYTES_IN, line.size());
        if (line.isBlankLine()) {
            counts.add(RunCount.BLANK_LINES, 1);
            counts.add(RunCount.BYTES_BLANK, line.size());
            return;
        }
        counts.add(RunCount.RECORDS_IN, 1);
        List<TextRecord> records = List.of();
        try {
            if (refusesLineEnds && line.envelope() != null) {
                RecordDecoder.requireOneLine(line);
            }
            TextRecord record = decoder.decode(line);
            if (vectorCheck != null) {
                vectorCheck.check(record);
            }
            records = recordsOf(record, line);
        } catch (RefusedLineException e) {
            if (!hasDeadLetters) {
                throw e.at(line.source());
            }
            counts.add(RunCount.DEAD_LETTERS, 1);
            counts.add(RunCount.BYTES_DEAD, line.size());
            deadLetters.get(e.reason()).inc();
            context.output(DEAD_LETTERS, DeadLetter.of(line, e));
        }
        records.forEach(out::collect);
    }

    /**
     * What a line gives: its record is selected before it is copied, unless the step of each copy
     * decides.
     */
    private List<TextRecord> recordsOf(TextRecord record, SourceRecord line)
            throws RefusedLineException {
        if (copies == null) {
            Optional<TextRecord> selected = selected(record, line);
            return selected.isEmpty() ? List.of() : List.of(selected.get());
        }
        if (selection != null && selection.looksAtStep()) {
            return copiesOf(record).stream()
                    .flatMap(copy -> selected(copy, line).stream())
                    .toList();
        }
        Optional<TextRecord> selected = selected(record, line);
        return selected.isEmpty() ? List.of() : copiesOf(selected.get());
    }

    private List<TextRecord> copiesOf(TextRecord record) throws RefusedLineException {
        List<TextRecord> made = copies.of(record);
        counts.add(RunCount.COPIES, made.size() - 1);
        return made;
    }

    private Optional<TextRecord> selected(TextRecord record, SourceRecord line) {
        if (selection == null) {
            return Optional.of(record);
        }
        Optional<TextRecord> selected = Optional.ofNullable(selection.select(record, line));
        if (selected.isEmpty()) {
            counts.add(RunCount.NOT_SAMPLED, 1);
        }
        return selected;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        lastCheckpoint.add(checkpointId);
    }
}
