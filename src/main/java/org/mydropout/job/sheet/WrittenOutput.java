package org.mydropout.job.sheet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.WrittenHeader;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.Provenance;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.WrittenRecord;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FieldText;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.SourceRecord;

/** The output of a job whose records carry their provenance. */
final class WrittenOutput {

    private final RecordSource source;
    private final Optional<CsvHeader> header;
    private final String provenance;
    private int others;

    private WrittenOutput(RecordSource source, Optional<CsvHeader> header, String provenance) {
        this.source = source;
        this.header = header;
        this.provenance = provenance;
    }

    /**
     * Reads the first record of a job's output.
     *
     * @throws InvalidJobException if the options are unusable, or no record has a provenance
     * @throws IOException if the output cannot be read
     */
    static WrittenOutput of(Configuration configuration)
            throws InvalidJobException, IOException, InterruptedException {
        JobConfig job = JobConfigReader.readOptions(configuration);
        Optional<CsvHeader> header =
                WrittenHeader.of(
                        job.sink(),
                        JobConfig.outputHeader(
                                job.source(),
                                job.schema().stepField(),
                                job.schema().newFields(),
                                true));
        Optional<WrittenRecord> first =
                job.sink().first(header, line -> provenance(header, line).isPresent());
        if (first.isEmpty()) {
            throw new InvalidJobException(
                    List.of(
                            ("The output, %s, must carry its provenance for --written, but no record"
                                            + " does. Run the job with sink.provenance: true.")
                                    .formatted(job.sink().description())));
        }
        return new WrittenOutput(
                job.sink().written(job.source().format(), header),
                header,
                provenance(header, first.get().text()).orElseThrow());
    }

    private static Optional<String> provenance(Optional<CsvHeader> header, byte[] line) {
        String field = RecordSchema.PROVENANCE_FIELD;
        return header.map(columns -> FieldText.ofCsv(line, columns, field))
                .orElseGet(() -> FieldText.ofJson(line, field))
                .filter(Provenance::isProvenance);
    }

    /** The source that reads the output. */
    RecordSource source() {
        return source;
    }

    /** The provenance of the first record. */
    String provenance() {
        return provenance;
    }

    /** Whether a line has the provenance of the first record. Counts the others. */
    boolean isOfProvenance(SourceRecord line) {
        boolean isSame =
                line.text() != null
                        && provenance(header, line.text()).equals(Optional.of(provenance));
        others += isSame ? 0 : 1;
        return isSame;
    }

    /** The finding on lines with another provenance. */
    Optional<Verdict.Finding> others() {
        return others == 0
                ? Optional.empty()
                : Optional.of(
                        new Verdict.Finding(
                                false,
                                String.format(
                                        Locale.ROOT,
                                        "%,d records have another provenance or none, and are not"
                                                + " shown.",
                                        others)));
    }
}
