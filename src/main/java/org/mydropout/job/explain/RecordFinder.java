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

/** Finds records in a job's source by a scan in this thread, without a cluster. */
public final class RecordFinder {

    private final RecordSource source;
    private final RecordSchema schema;
    private final RecordDecoder decoder;

    /** Looks for the records that a job reads. */
    public RecordFinder(JobConfig job) {
        this(job.source(), job.schema());
    }

    /**
     * @param schema of the source's records
     */
    public RecordFinder(RecordSource source, RecordSchema schema) {
        this.source = source;
        this.schema = schema;
        this.decoder = RecordDecoder.of(schema, source.header().orElse(null));
    }

    /**
     * A record with where it stands.
     *
     * @param line as it was read
     */
    public record FoundRecord(TextRecord record, SourceRecord line) {}

    /** A record's id: a String, or a Long for an integer id. */
    public static Object id(TextRecord record) {
        return record.name() == null ? (Object) record.vector().id() : record.name();
    }

    /**
     * Looks at the records one by one; lines that cannot be decoded are left out.
     *
     * @param takes whether a record is wanted; asked in the source's order
     * @param enough how many are wanted at most
     * @throws IOException if the source cannot be read
     */
    public List<FoundRecord> find(int enough, BiPredicate<TextRecord, SourceRecord> takes)
            throws IOException, InterruptedException {
        List<FoundRecord> found = new ArrayList<>();
        source.scan(
                line -> {
                    try {
                        TextRecord record = decoder.decode(line);
                        if (takes.test(record, line)) {
                            found.add(new FoundRecord(record, line));
                        }
                    } catch (RefusedLineException e) {
                        // A dead letter, which has no vector.
                    }
                    return found.size() < enough;
                });
        return found;
    }

    /**
     * The record of an id and a step; where no record has both, or a record's step is not its own,
     * the first one of the id.
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
