package org.mydropout.job.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;

/** Finds records in a job's source with a scan in this thread, without a cluster. */
public final class RecordFinder {

    private final RecordSource source;
    private final RecordSchema schema;
    private final RecordDecoder decoder;
    private long read;

    /** Searches the source of a job. */
    public RecordFinder(JobConfig job) {
        this(job.source(), job.schema());
    }

    /**
     * @param schema the schema of the source's records
     */
    public RecordFinder(RecordSource source, RecordSchema schema) {
        this.source = source;
        this.schema = schema;
        this.decoder = RecordDecoder.of(schema, source.header().orElse(null));
    }

    /**
     * A record and the line that it was read from.
     *
     * @param line the line, unchanged
     */
    public record FoundRecord(TextRecord record, SourceRecord line) {}

    /** The id of a record: a String, or a Long for an integer id. */
    public static Object id(TextRecord record) {
        return record.name() == null ? (Object) record.vector().id() : record.name();
    }

    /**
     * Searches the records one by one. Skips lines that cannot be decoded.
     *
     * @param takes whether to take a record; called in the order of the source
     * @param enough the most records to take
     * @throws IOException if the source cannot be read
     */
    public List<FoundRecord> find(int enough, BiPredicate<TextRecord, SourceRecord> takes)
            throws IOException, InterruptedException {
        List<FoundRecord> found = new ArrayList<>();
        source.scan(
                line -> {
                    read++;
                    try {
                        TextRecord record = decoder.decode(line);
                        if (takes.test(record, line)) {
                            found.add(new FoundRecord(record, line));
                        }
                    } catch (RefusedLineException e) {
                        // The line is a dead letter, which has no vector.
                    }
                    return found.size() < enough;
                });
        return found;
    }

    /** How many lines have been read, including those that are no records. */
    public long linesRead() {
        return read;
    }

    /**
     * The record with an id and a step. If none has both, or if records have no step of their own,
     * the first one with the id.
     */
    public Optional<FoundRecord> find(Object id, long step)
            throws IOException, InterruptedException {
        List<FoundRecord> ofId = new ArrayList<>();
        List<FoundRecord> ofStep =
                find(
                        1,
                        (record, line) -> {
                            if (!id(record).equals(id)) {
                                return false;
                            }
                            if (ofId.isEmpty()) {
                                ofId.add(new FoundRecord(record, line));
                            }
                            return schema.step() != StepField.READ
                                    || record.vector().step() == step;
                        });
        return ofStep.stream().findFirst().or(() -> ofId.stream().findFirst());
    }
}
