package org.mydropout.job.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.config.OptionReader;
import org.mydropout.job.config.Provenance;
import org.mydropout.job.config.TopicCheck;
import org.mydropout.job.connector.WrittenRecord;
import org.mydropout.job.connector.kafka.KafkaOptions;
import org.mydropout.job.connector.kafka.KafkaRecordSource;
import org.mydropout.job.text.FieldText;
import org.mydropout.job.text.RecordSchema;

/**
 * Makes a {@link VerificationConfig} of the configuration of a job that has run, to verify its
 * output.
 */
public final class VerificationConfigReader {

    private final Configuration configuration;

    private VerificationConfigReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Validates a configuration and looks at the output. Where records carry their provenance, what
     * the first that can be read names takes the place of the options; the options stay where none
     * can be, as in an empty output.
     *
     * @throws InvalidJobException with every problem of the configuration, or because it says
     *     nothing that could be verified
     */
    public static VerificationConfig read(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        Configuration job = new Configuration(configuration);
        // What the guard refused is not in the output; it has no part in what should be there.
        job.removeConfig(DropoutOptions.KEY_REUSE);
        VerificationConfigReader reader = new VerificationConfigReader(job);
        boolean provenance =
                new OptionReader(job)
                        .optional(JobOptions.SINK_PROVENANCE, "true or false")
                        .orElse(false);
        return provenance ? reader.readByProvenance() : reader.readByOptions();
    }

    private VerificationConfig readByOptions() throws InvalidJobException, InterruptedException {
        JobConfig job = JobConfigReader.readWritten(configuration);
        checkSteps(job);
        return new VerificationConfig(job, keepsTimestamps(job, first(job, line -> true)));
    }

    private VerificationConfig readByProvenance() throws InvalidJobException, InterruptedException {
        JobConfig places = JobConfigReader.readWritten(Provenance.withoutOptions(configuration));
        Optional<WrittenRecord> first = first(places, line -> provenance(places, line).isPresent());
        if (first.isEmpty()) {
            return readByOptions();
        }
        String provenance = provenance(places, first.get().text()).orElseThrow();
        JobConfig job = JobConfigReader.readWritten(Provenance.restore(configuration, provenance));
        checkSteps(job);
        return new VerificationConfig(job.withProvenance(provenance), keepsTimestamps(job, first));
    }

    private Optional<WrittenRecord> first(JobConfig job, Predicate<byte[]> test)
            throws InvalidJobException, InterruptedException {
        checkRange(job);
        TopicCheck.checkWritten(job);
        try {
            return job.sink().first(job.outputHeader().isPresent(), test);
        } catch (IOException e) {
            throw new InvalidJobException(
                    List.of(
                            "The output, %s, cannot be read: %s"
                                    .formatted(job.sink().description(), e.getMessage())));
        }
    }

    private static boolean keepsTimestamps(JobConfig job, Optional<WrittenRecord> first) {
        return job.source() instanceof KafkaRecordSource
                && job.sink().writesMessages()
                && first.map(WrittenRecord::keepsTimestamp).orElse(true);
    }

    private static Optional<String> provenance(JobConfig job, byte[] line) {
        String field = RecordSchema.PROVENANCE_FIELD;
        return job.outputHeader()
                .map(header -> FieldText.ofCsv(line, header, field))
                .orElseGet(() -> FieldText.ofJson(line, field))
                .filter(Provenance::isProvenance);
    }

    private static void checkSteps(JobConfig job) throws InvalidJobException {
        if (job.dropout().stepFrom() == StepSource.COUNTER) {
            throw new InvalidJobException(
                    List.of(
                            "dropout.step-from must not be counter for a verification: which record"
                                    + " had which count is not in the input."));
        }
    }

    private void checkRange(JobConfig job) throws InvalidJobException {
        if (!(job.source() instanceof KafkaRecordSource)) {
            return;
        }
        List<String> problems = new ArrayList<>();
        ScanStartupMode start = configuration.get(KafkaOptions.SOURCE_STARTUP_MODE);
        if (start == ScanStartupMode.GROUP_OFFSETS || start == ScanStartupMode.LATEST_OFFSET) {
            problems.add(
                    "source.scan.startup.mode must not be %s for a verification: where the job once started is no longer known."
                            .formatted(start));
        }
        if (configuration.get(KafkaOptions.SOURCE_BOUNDED_MODE) == ScanBoundedMode.GROUP_OFFSETS) {
            problems.add(
                    "source.scan.bounded.mode must not be group-offsets for a verification: where the"
                            + " job once ended is no longer known.");
        }
        if (!problems.isEmpty()) {
            throw new InvalidJobException(problems);
        }
    }
}
