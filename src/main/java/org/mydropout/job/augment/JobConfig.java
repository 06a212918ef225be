package org.mydropout.job.augment;

import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;

/**
 * The validated configuration of a job.
 *
 * @param dropout the dropout to apply; for copies of a constant step, its step comes from the
 *     record
 * @param schema the fields of a record
 * @param copies the copies of each record; empty: each record gives itself
 * @param source where records come from
 * @param sink where records go
 * @param deadLetter where lines that cannot be decoded go; empty: the first one fails the job
 */
public record JobConfig(
        DropoutConfig dropout,
        RecordSchema schema,
        Optional<RecordCopies> copies,
        RecordSource source,
        RecordSink sink,
        Optional<RecordSink> deadLetter) {

    /** The columns of the output's CSV lines: those of the source and those that the job adds. */
    public Optional<CsvHeader> outputHeader() {
        return outputHeader(
                source, schema.stepField(), schema.addedIdField(), schema.provenance() != null);
    }

    /**
     * The columns of the CSV lines of a job's output.
     *
     * @param source the source of the job
     * @param stepField the field that the job sets to the step
     * @param idField the field that the job adds for the id, if it adds one
     * @param provenance whether the job adds {@link RecordSchema#PROVENANCE_FIELD}
     */
    public static Optional<CsvHeader> outputHeader(
            RecordSource source, String stepField, Optional<String> idField, boolean provenance) {
        return source.header()
                .map(header -> withColumn(header, stepField))
                .map(header -> idField.map(header::with).orElse(header))
                .map(header -> provenance ? header.with(RecordSchema.PROVENANCE_FIELD) : header);
    }

    /** The same job with another provenance in its records. */
    public JobConfig withProvenance(String provenance) {
        return new JobConfig(
                dropout, schema.withProvenance(provenance), copies, source, sink, deadLetter);
    }

    private static CsvHeader withColumn(CsvHeader header, String column) {
        return header.columns().contains(column) ? header : header.with(column);
    }
}
