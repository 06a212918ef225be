package org.mydropout.job.config;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.InvalidDropoutConfigException;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.text.RecordSchema;

/**
 * Makes a {@link JobConfig} of a configuration, or says everything that is wrong with it: our
 * options, Flink's own, and the places that it reads and writes.
 */
public final class JobConfigReader {

    private final Configuration configuration;
    private final OptionReader options;

    JobConfigReader(Configuration configuration) {
        this.configuration = configuration;
        this.options = new OptionReader(configuration);
    }

    /**
     * Validates the configuration of a job that is to run. Nothing is written or deleted.
     *
     * @throws InvalidJobException with every problem of the configuration
     */
    public static JobConfig read(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        Places places = new PlacesReader(reader.options).places();
        Optional<JobConfig> job = reader.read(places);
        FlinkOptions flink = new FlinkOptions(reader.options);
        flink.check();
        RunMode mode = flink.runMode(places);
        for (Connector connector : Connectors.all().toList()) {
            connector.checkStart(reader.options, places, mode);
        }
        return reader.valid(job);
    }

    /**
     * Validates the configuration of a job that has run, whose sink is there to be read.
     *
     * @throws InvalidJobException with every problem of the configuration
     */
    public static JobConfig readWritten(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        Places places = reader.writtenPlaces();
        Optional<JobConfig> job = reader.read(places);
        if (reader.options
                .readable(DropoutOptions.STEP_FROM)
                .equals(Optional.of(StepSource.COUNTER))) {
            reader.options.problem(
                    "dropout.step-from must not be counter for a verification: which record had"
                            + " which count is not in the input.");
        }
        new FlinkOptions(reader.options).check();
        return reader.valid(job);
    }

    /**
     * Validates where the records of a job that has run come from and went to, and nothing else.
     *
     * @return a source and a sink
     * @throws InvalidJobException with every problem of these places
     */
    public static Places readWrittenPlaces(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        return reader.valid(Optional.of(reader.writtenPlaces()));
    }

    private Places writtenPlaces() throws InterruptedException {
        Places places = new PlacesReader(options).writtenPlaces();
        for (Connector connector : Connectors.all().toList()) {
            connector.checkWritten(options, places);
        }
        return places;
    }

    /**
     * Validates our options of a job that is to be looked at, whether it has run or not. What is in
     * its sink is not looked at, and Flink's options are not either.
     *
     * @throws InvalidJobException with every problem of these options
     */
    public static JobConfig readOptions(Configuration configuration) throws InvalidJobException {
        return new JobConfigReader(configuration).read();
    }

    /**
     * Validates what records are made with, wherever they come from and go to.
     *
     * @throws InvalidJobException with every problem of these options
     */
    public static RecordConfig readRecord(Configuration configuration) throws InvalidJobException {
        JobConfigReader reader = new JobConfigReader(configuration);
        KnownOptions.checkKnown(reader.options);
        Optional<DropoutConfig> dropout = reader.dropout(configuration);
        Optional<RecordSchema> schema = new SchemaReader(reader.options).schema();
        return reader.valid(dropout.flatMap(d -> schema.map(s -> new RecordConfig(d, s))));
    }

    /** Reads our options alone. */
    JobConfig read() throws InvalidJobException {
        return valid(read(new PlacesReader(options).places()));
    }

    /** The job at some places; empty if anything of it cannot be read. */
    private Optional<JobConfig> read(Places places) {
        KnownOptions.checkKnown(options);
        Optional<DropoutConfig> dropout = dropout(configuration);
        SchemaReader fields = new SchemaReader(options);
        Optional<RecordSchema> schema = fields.schema();
        Optional<RecordCopies> copies = fields.copies();
        places.source().ifPresent(fields::checkColumns);
        if (!options.problems().isEmpty()) {
            return Optional.empty();
        }
        boolean stepsOfCopies = copies.isPresent() && copies.get().constantStep() != null;
        return Optional.of(
                new JobConfig(
                        stepsOfCopies ? dropoutOfCopies() : dropout.orElseThrow(),
                        schema.orElseThrow(),
                        copies,
                        places.source().orElseThrow(),
                        places.sink().orElseThrow(),
                        places.deadLetter()));
    }

    private Optional<DropoutConfig> dropout(Configuration dropout) {
        try {
            return Optional.of(DropoutConfig.from(dropout));
        } catch (InvalidDropoutConfigException e) {
            options.problems(e.problems());
            return Optional.empty();
        }
    }

    /** The dropout of the operator, to which each copy of a constant step comes with its own. */
    private DropoutConfig dropoutOfCopies() {
        Configuration ofRecord = new Configuration(configuration);
        ofRecord.set(DropoutOptions.STEP_FROM, StepSource.RECORD);
        ofRecord.removeConfig(DropoutOptions.STEP);
        return DropoutConfig.from(ofRecord);
    }

    private <T> T valid(Optional<T> result) throws InvalidJobException {
        if (!options.problems().isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        return result.orElseThrow();
    }
}
