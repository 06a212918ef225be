package org.mydropout.job.init;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.LineFields;
import org.mydropout.job.text.LineFields.Kind;
import org.mydropout.job.text.LineFields.Value;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;

/**
 * The first records of a source.
 *
 * @param place the name of the source for people
 * @param header the header of CSV rows
 * @param lines all lines but blank ones
 * @param records the fields of each line that is a record
 */
record Sample(
        String place,
        Optional<CsvHeader> header,
        List<SourceRecord> lines,
        List<Map<String, Value>> records) {

    private static final int MOST_RECORDS = 100;

    private static final long MOST_BYTES = 32L << 20;

    /** The share of records for which a guess must be right. The others are dead letters. */
    private static final double MOST = 0.9;

    /**
     * Reads the first 100 records, or fewer if they have more than 32 MiB.
     *
     * @throws IOException if the source cannot be read
     */
    static Sample of(RecordSource source) throws IOException, InterruptedException {
        List<SourceRecord> lines = new ArrayList<>();
        long[] bytes = new long[1];
        source.scan(
                line -> {
                    if (!line.isBlankLine()) {
                        lines.add(line);
                        bytes[0] += line.size();
                    }
                    return lines.size() < MOST_RECORDS && bytes[0] < MOST_BYTES;
                });
        return of(source, lines);
    }

    private static Sample of(RecordSource source, List<SourceRecord> lines) {
        return new Sample(
                source.description(),
                source.header(),
                List.copyOf(lines),
                lines.stream().flatMap(line -> fields(line, source.header()).stream()).toList());
    }

    /** The same lines as records of another source, which reads the same lines. */
    Sample as(RecordSource source) {
        return of(source, lines);
    }

    /** Whether the lines are messages. Only a file's lines depend on the dialect of CSV. */
    boolean isOfMessages() {
        return lines.stream().anyMatch(line -> line.envelope() != null);
    }

    private static Optional<Map<String, Value>> fields(
            SourceRecord line, Optional<CsvHeader> header) {
        if (line.text() == null || line.isCut()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LineFields.of(line.text(), header.orElse(null)));
        } catch (RefusedLineException e) {
            return Optional.empty(); // the preview shows it as a dead letter
        }
    }

    /** The names of all fields, in the order in which they appear. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        header.ifPresent(names -> fields.addAll(names.columns()));
        records.forEach(record -> fields.addAll(record.keySet()));
        return fields;
    }

    /** The values of a field, in the records that have it. */
    List<Value> values(String field) {
        return records.stream()
                .map(record -> record.get(field))
                .filter(value -> value != null && value.kind() != Kind.EMPTY)
                .toList();
    }

    /** Whether nearly all records have the field, with a value of one of the kinds. */
    boolean isMostly(String field, Set<Kind> kinds) {
        return isMostly(field, value -> kinds.contains(value.kind()));
    }

    /** Whether nearly all records have the field, with a value that passes a test. */
    boolean isMostly(String field, Predicate<Value> test) {
        return isMost((int) values(field).stream().filter(test).count());
    }

    /** Whether a number of records is nearly all of them. */
    boolean isMost(int count) {
        return !records.isEmpty() && count >= MOST * records.size();
    }
}
