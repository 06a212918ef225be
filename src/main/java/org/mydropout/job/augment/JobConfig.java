package org.mydropout.job.augment;

import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;

/**
 * What a job does, validated.
 *
 * @param dropout the dropout to apply; its step is that of the record where there are copies of a
 *     constant step
 * @param schema the fields of a record
 * @param copies several records for one, if so
 * @param source where records come from
 * @param sink where records go
 * @param deadLetter where lines go that cannot be decoded; empty: the first one fails the job
 */
public record JobConfig(
        DropoutConfig dropout,
        RecordSchema schema,
        Optional<RecordCopies> copies,
        RecordSource source,
        RecordSink sink,
        Optional<RecordSink> deadLetter) {

    /** The columns of the CSV lines that are written: the source's, with the columns added. */
    public Optional<CsvHeader> outputHeader() {
        return outputHeader(source, schema.stepField(), schema.provenance() != null);
    }

    /**
     * The columns of the CSV lines that a job writes.
     *
     * @param source what it reads
     * @param stepField the field that it sets to the step
     * @param provenance whether it adds {@link RecordSchema#PROVENANCE_FIELD}
     */
    public static Optional<CsvHeader> outputHeader(
            RecordSource source, String stepField, boolean provenance) {
        return source.header()
                .map(header -> withColumn(header, stepField))
                .map(header -> provenance ? header.with(RecordSchema.PROVENANCE_FIELD) : header);
    }

    /** The same job, whose records say that they were made with something else. */
    public JobConfig withProvenance(String provenance) {
        return new JobConfig(
                dropout, schema.withProvenance(provenance), copies, source, sink, deadLetter);
    }

    private static CsvHeader withColumn(CsvHeader header, String column) {
        return header.columns().contains(column) ? header : header.with(column);
    }
}
