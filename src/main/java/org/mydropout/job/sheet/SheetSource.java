package org.mydropout.job.sheet;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.explain.RecordFinder;
import org.mydropout.job.explain.RecordFinder.FoundRecord;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Shape;

/** Finds the records of a sheet in a job's source, and their output records. */
final class SheetSource {

    private final JobConfig job;
    private final IdSelection ids;

    SheetSource(JobConfig job, IdSelection ids) {
        this.job = job;
        this.ids = ids;
    }

    /**
     * Identifies a record of a source.
     *
     * @param id a String, or a Long for an integer id
     * @param step the step of the record in the source; 0 if records have no step of their own
     */
    record RecordKey(Object id, long step) {

        private static final Comparator<RecordKey> ORDER =
                comparing(RecordKey::id, RecordKey::compareIds)
                        .thenComparing(RecordKey::step, Long::compareUnsigned);

        private static int compareIds(Object a, Object b) {
            return a instanceof Long number
                    ? Long.compareUnsigned(number, (Long) b)
                    : ((String) a).compareTo((String) b);
        }
    }

    /** The first record of each id, in the order of the source. */
    List<TextRecord> firstOfEachId() throws IOException, InterruptedException {
        Set<Object> found = new HashSet<>();
        return find(ids.size(), (id, record) -> ids.takes(id, found.size()) && found.add(id));
    }

    /** All records, in the order of the source. */
    List<TextRecord> all() throws IOException, InterruptedException {
        int enough = ids.text().isPresent() ? Integer.MAX_VALUE : ids.size();
        return find(enough, (id, record) -> ids.takes(id, 0));
    }

    /**
     * The output records by the record of the source that they were made from, in the order of ids
     * and steps.
     *
     * @param takes whether to use a line
     */
    Map<RecordKey, List<TextRecord>> written(RecordSource output, Predicate<SourceRecord> takes)
            throws IOException, InterruptedException {
        Map<RecordKey, List<TextRecord>> written = new TreeMap<>(RecordKey.ORDER);
        Set<Object> found = new HashSet<>();
        BiPredicate<TextRecord, SourceRecord> isShown =
                (record, line) -> {
                    Object id = RecordFinder.id(record);
                    boolean isTaken =
                            (found.contains(id) || ids.takes(id, found.size())) && takes.test(line);
                    if (isTaken) {
                        found.add(id);
                    }
                    return isTaken;
                };
        new RecordFinder(output, job.schema().ofOutput())
                .find(Integer.MAX_VALUE, isShown)
                .forEach(
                        made ->
                                written.computeIfAbsent(
                                                sourceKey(made.record()), key -> new ArrayList<>())
                                        .add(made.record()));
        written.values()
                .forEach(
                        made ->
                                made.sort(
                                        comparing(
                                                record -> record.vector().step(),
                                                Long::compareUnsigned)));
        return written;
    }

    /** The records of the source that output records were made from. */
    Map<RecordKey, TextRecord> originals(Set<RecordKey> wanted)
            throws IOException, InterruptedException {
        Map<RecordKey, TextRecord> originals = new LinkedHashMap<>();
        find(
                wanted.size(),
                (id, record) -> {
                    RecordKey key = new RecordKey(id, hasOwnStep() ? record.vector().step() : 0);
                    return wanted.contains(key) && originals.putIfAbsent(key, record) == null;
                });
        return originals;
    }

    /** The record of the source that an output record was made from. */
    private RecordKey sourceKey(TextRecord written) {
        long step = written.vector().step();
        Optional<RecordCopies> copies = job.copies();
        if (copies.isPresent() && !written.deterministic()) {
            step = Long.divideUnsigned(step, copies.get().count());
        }
        return new RecordKey(RecordFinder.id(written), hasOwnStep() ? step : 0);
    }

    private boolean hasOwnStep() {
        return job.schema().step() != StepField.SET;
    }

    private List<TextRecord> find(int enough, BiPredicate<Object, TextRecord> isShown)
            throws IOException, InterruptedException {
        return new RecordFinder(job)
                        .find(
                                enough,
                                (record, line) -> isShown.test(RecordFinder.id(record), record))
                        .stream()
                        .map(FoundRecord::record)
                        .toList();
    }

    /**
     * The shape of a vector before the first layer; empty if it is not known.
     *
     * @param original the record of the source, if it was found
     * @param written the record that was made from it
     */
    Optional<Shape> inputShape(Optional<TextRecord> original, TextRecord written) {
        return original.or(
                        () ->
                                job.dropout().transform().keepsShape()
                                        ? Optional.of(written)
                                        : Optional.empty())
                .map(record -> job.schema().inputShape(record));
    }

    /** The steps that the job gives a record; empty if the job refuses it. */
    List<Long> steps(TextRecord record) {
        if (job.copies().isEmpty()) {
            return List.of(job.dropout().step().orElse(record.vector().step()));
        }
        try {
            return job.copies().get().of(record).stream()
                    .map(copy -> copy.vector().step())
                    .toList();
        } catch (RefusedLineException e) {
            return List.of(); // a dead letter
        }
    }
}
