package org.mydropout.job.augment;

import java.util.List;
import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.RecordAccessor;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.TextRecordAccessor;

/**
 * The validated configuration of a job.
 *
 * @param dropout the dropout to apply; for copies of a constant step, its step comes from the
 *     record
 * @param schema the fields of a record
 * @param copies several records for one, if so
 * @param selection which records are taken, and into which parts they are split; empty: all, and
 *     none
 * @param source where records come from
 * @param sink where records go
 * @param deadLetter where lines that cannot be decoded go; empty: the first one fails the job
 */
public record JobConfig(
        DropoutConfig dropout,
        RecordSchema schema,
        Optional<RecordCopies> copies,
        Optional<RecordSelection> selection,
        RecordSource source,
        RecordSink sink,
        Optional<RecordSink> deadLetter) {

    /** The columns of the output's CSV lines: those of the source and those that the job adds. */
    public Optional<CsvHeader> outputHeader() {
        return outputHeader(
                source, schema.stepField(), schema.newFields(), schema.provenance() != null);
    }

    /** How the dropout operator reads and writes a record. */
    public RecordAccessor<TextRecord> accessor() {
        return new TextRecordAccessor(schema, source.header().map(CsvHeader::dialect).orElse(null));
    }

    /** Refuses vectors that the layers cannot be applied to; empty where any will do. */
    public Optional<VectorCheck> vectorCheck() {
        return dropout.layers().isEmpty() && schema.shape() == null
                ? Optional.empty()
                : Optional.of(new VectorCheck(dropout, schema.shape()));
    }

    /**
     * The columns of the CSV lines of a job's output.
     *
     * @param source the source of the job
     * @param stepField the field that the job sets to the step
     * @param newFields the fields that the job adds, in order
     * @param provenance whether the job adds {@link RecordSchema#PROVENANCE_FIELD}
     */
    public static Optional<CsvHeader> outputHeader(
            RecordSource source, String stepField, List<String> newFields, boolean provenance) {
        return source.header()
                .map(header -> withColumn(header, stepField))
                .map(header -> withColumns(header, newFields))
                .map(header -> provenance ? header.with(RecordSchema.PROVENANCE_FIELD) : header);
    }

    /** The same job with another provenance in its records. */
    public JobConfig withProvenance(String provenance) {
        return new JobConfig(
                dropout,
                schema.withProvenance(provenance),
                copies,
                selection,
                source,
                sink,
                deadLetter);
    }

    private static CsvHeader withColumns(CsvHeader header, List<String> columns) {
        CsvHeader longer = header;
        for (String column : columns) {
            longer = longer.with(column);
        }
        return longer;
    }

    private static CsvHeader withColumn(CsvHeader header, String column) {
        return header.columns().contains(column) ? header : header.with(column);
    }
}
