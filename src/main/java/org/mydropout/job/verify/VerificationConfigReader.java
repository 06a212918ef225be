package org.mydropout.job.verify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.WrittenHeader;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.config.Provenance;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.WrittenRecord;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FieldText;
import org.mydropout.job.text.RecordSchema;

/** Reads a {@link VerificationConfig} from the configuration of a finished job. */
public final class VerificationConfigReader {

    private VerificationConfigReader() {}

    /**
     * Validates a configuration and looks at the output. If records carry a provenance, the options
     * of the first readable provenance replace those of the configuration. If none is readable, as
     * in an empty output, the options of the configuration apply.
     *
     * @throws InvalidJobException with all problems of the configuration, or because the job cannot
     *     be verified
     */
    public static VerificationConfig read(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        Configuration job = new Configuration(configuration);
        // What the guard refused is not in the output; it has no part in what should be there.
        RngOptions.remove(job, RngOptions.KEY_REUSE);
        RngOptions.remove(job, RngOptions.STEP_TTL);
        return new OptionReader(job).readable(JobOptions.SINK_PROVENANCE).orElse(false)
                ? readByProvenance(job)
                : readByOptions(job);
    }

    private static VerificationConfig readByOptions(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfig job = JobConfigReader.readWritten(configuration);
        return new VerificationConfig(
                job, keepsTimestamps(job, first(job.sink(), job.outputHeader(), line -> true)));
    }

    private static VerificationConfig readByProvenance(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        Places places = JobConfigReader.readWrittenPlaces(configuration);
        RecordSink sink = places.sink().orElseThrow();
        Optional<CsvHeader> header =
                written(
                        sink,
                        JobConfig.outputHeader(
                                places.source().orElseThrow(),
                                configuration.get(JobOptions.SOURCE_FIELD_STEP),
                                JobConfigReader.newFields(configuration),
                                true));
        Optional<WrittenRecord> first =
                first(sink, header, line -> provenance(header, line).isPresent());
        if (first.isEmpty()) {
            requireNoRows(sink, header);
            return readByOptions(configuration);
        }
        String provenance = provenance(header, first.get().text()).orElseThrow();
        JobConfig job = JobConfigReader.readWritten(Provenance.restore(configuration, provenance));
        return new VerificationConfig(job.withProvenance(provenance), keepsTimestamps(job, first));
    }

    private static Optional<CsvHeader> written(RecordSink sink, Optional<CsvHeader> ofJobFile)
            throws InvalidJobException {
        try {
            return WrittenHeader.of(sink, ofJobFile);
        } catch (IOException e) {
            throw unreadable(sink, e);
        }
    }

    /** Rows without a header may have their provenance in another column than the job file's. */
    private static void requireNoRows(RecordSink sink, Optional<CsvHeader> header)
            throws InvalidJobException, InterruptedException {
        if (header.isPresent()
                && sink.writesMessages()
                && first(sink, header, line -> true).isPresent()) {
            throw new InvalidJobException(
                    List.of(
                            ("The output, %s, must have its provenance in column %d, as the layers"
                                            + " of the job file say, but no message has one there."
                                            + " Name the job file that the output was written with.")
                                    .formatted(sink.description(), header.get().columns().size())));
        }
    }

    private static InvalidJobException unreadable(RecordSink sink, IOException e) {
        return new InvalidJobException(
                List.of(
                        "The output, %s, cannot be read: %s"
                                .formatted(sink.description(), e.getMessage())));
    }

    private static Optional<WrittenRecord> first(
            RecordSink sink, Optional<CsvHeader> header, Predicate<byte[]> test)
            throws InvalidJobException, InterruptedException {
        try {
            return sink.first(header, test);
        } catch (IOException e) {
            throw unreadable(sink, e);
        }
    }

    private static boolean keepsTimestamps(JobConfig job, Optional<WrittenRecord> first) {
        return job.source().readsMessages()
                && job.sink().writesMessages()
                && first.map(WrittenRecord::keepsTimestamp).orElse(true);
    }

    private static Optional<String> provenance(Optional<CsvHeader> header, byte[] line) {
        String field = RecordSchema.PROVENANCE_FIELD;
        return header.map(columns -> FieldText.ofCsv(line, columns, field))
                .orElseGet(() -> FieldText.ofJson(line, field))
                .filter(Provenance::isProvenance);
    }
}
