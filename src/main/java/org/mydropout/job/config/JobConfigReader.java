package org.mydropout.job.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.InvalidDropoutConfigException;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;

/**
 * Reads a {@link JobConfig} from a configuration, or reports all its problems: those of our
 * options, of Flink's own, and of the places that the job reads and writes.
 */
public final class JobConfigReader {

    private final Configuration configuration;
    private final OptionReader options;

    JobConfigReader(Configuration configuration) {
        this.configuration = configuration;
        this.options = new OptionReader(configuration);
    }

    /**
     * Validates the configuration of a job before it runs. Writes and deletes nothing.
     *
     * @throws InvalidJobException with all problems of the configuration
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
     * Validates the configuration of a finished job, whose sink can be read.
     *
     * @throws InvalidJobException with all problems of the configuration
     */
    public static JobConfig readWritten(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        Places places = reader.writtenPlaces();
        Optional<JobConfig> job = reader.read(places);
        if (reader.options.readable(RngOptions.STEP_FROM).equals(Optional.of(StepSource.COUNTER))) {
            reader.options.problem(
                    RngOptions.nameIn(configuration, RngOptions.STEP_FROM)
                            + " must not be counter for a verification: which record had"
                            + " which count is not in the input.");
        }
        new FlinkOptions(reader.options).check();
        return reader.valid(job);
    }

    /** Returns the sink of a job; empty if its options are wrong. */
    public static Optional<RecordSink> sink(Configuration configuration) {
        return new PlacesReader(new OptionReader(configuration)).sink();
    }

    /**
     * Validates only the source and the sink of a finished job.
     *
     * @return the source and the sink
     * @throws InvalidJobException with all problems of these places
     */
    public static Places readWrittenPlaces(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        return reader.valid(Optional.of(reader.writtenPlaces()));
    }

    /**
     * Validates only the source, and not whether it is there or what fields its records have.
     *
     * @throws InvalidJobException with all problems of the source
     */
    public static RecordSource readSource(Configuration configuration) throws InvalidJobException {
        JobConfigReader reader = new JobConfigReader(configuration);
        return reader.valid(new PlacesReader(reader.options).source());
    }

    /**
     * Validates only the source, and that it is there.
     *
     * @throws InvalidJobException with all problems of the source
     */
    public static RecordSource readExistingSource(Configuration configuration)
            throws InvalidJobException, InterruptedException {
        JobConfigReader reader = new JobConfigReader(configuration);
        Optional<RecordSource> source = new PlacesReader(reader.options).source();
        Places places = new Places(source, Optional.empty(), Optional.empty());
        RunMode mode = new FlinkOptions(reader.options).runMode(places);
        for (Connector connector : Connectors.all().toList()) {
            connector.checkStart(reader.options, places, mode);
        }
        return reader.valid(source);
    }

    private Places writtenPlaces() throws InterruptedException {
        Places places = new PlacesReader(options).writtenPlaces();
        for (Connector connector : Connectors.all().toList()) {
            connector.checkWritten(options, places);
        }
        return places;
    }

    /**
     * Validates our options of a job, whether it has run or not. Does not check the content of its
     * sink or Flink's options.
     *
     * @throws InvalidJobException with all problems of these options
     */
    public static JobConfig readOptions(Configuration configuration) throws InvalidJobException {
        return new JobConfigReader(configuration).read();
    }

    /**
     * Validates only the options that decide how records are made, not the source and the sinks.
     *
     * @throws InvalidJobException with all problems of these options
     */
    public static RecordConfig readRecord(Configuration configuration) throws InvalidJobException {
        JobConfigReader reader = new JobConfigReader(configuration);
        KnownOptions.checkKnown(reader.options);
        Optional<DropoutConfig> dropout = reader.dropout(configuration);
        SchemaReader fields = new SchemaReader(reader.options);
        Optional<RecordSchema> schema = fields.schema(reader.addedFields(dropout));
        fields.checkType(dropout);
        Optional<RecordSelection> selection = reader.selection(dropout, Optional.empty());
        return reader.valid(
                dropout.flatMap(d -> schema.map(s -> new RecordConfig(d, s, selection))));
    }

    /** Reads only our options. */
    JobConfig read() throws InvalidJobException {
        return valid(read(new PlacesReader(options).places()));
    }

    /** The job with the given places; empty if there is a problem. */
    private Optional<JobConfig> read(Places places) {
        KnownOptions.checkKnown(options);
        Optional<DropoutConfig> dropout = dropout(configuration);
        SchemaReader fields = new SchemaReader(options);
        List<String> added = addedFields(dropout);
        Optional<RecordSchema> schema = fields.schema(added);
        fields.checkType(dropout);
        Optional<RecordCopies> copies = fields.copies();
        places.source().ifPresent(source -> fields.columnsCheck().check(source, added, dropout));
        boolean stepsOfCopies = copies.isPresent() && copies.get().constantStep() != null;
        Optional<DropoutConfig> operator =
                stepsOfCopies ? dropout.map(DropoutConfig::withStepsOfRecords) : dropout;
        Optional<RecordSelection> selection =
                selection(
                        operator,
                        places.source().flatMap(RecordSource::header).map(CsvHeader::dialect));
        if (!options.problems().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new JobConfig(
                        operator.orElseThrow(),
                        schema.orElseThrow(),
                        copies,
                        selection,
                        places.source().orElseThrow(),
                        places.sink().orElseThrow(),
                        places.deadLetter()));
    }

    private Optional<RecordSelection> selection(
            Optional<DropoutConfig> dropout, Optional<CsvDialect> dialect) {
        return new SelectionReader(options).selection(dropout, dialect);
    }

    /** The fields that the job adds: the part of a split, and what the layers say. */
    private List<String> addedFields(Optional<DropoutConfig> dropout) {
        List<String> fields = new ArrayList<>();
        if (new SelectionReader(options).hasField()) {
            fields.add(RecordSchema.SPLIT_FIELD);
        }
        dropout.ifPresent(config -> fields.addAll(config.transform().fieldNames()));
        return fields;
    }

    /**
     * What is drawn; nothing in a job that only takes a sample or splits, and sets nothing that
     * describes one dropout.
     */
    private Optional<DropoutConfig> dropout(Configuration given) {
        Configuration dropout = new Configuration(given);
        if (SelectionReader.isSet(options)
                && !options.isSet(LayerOptions.LAYERS)
                && DropoutOptions.ALL.stream()
                        .filter(option -> RngOptions.namesakes(option).isEmpty())
                        .noneMatch(options::isSet)) {
            dropout.setString(LayerOptions.LAYERS.key(), "[]");
        }
        try {
            return Optional.of(DropoutConfig.from(dropout));
        } catch (InvalidDropoutConfigException e) {
            options.problems(e.problems());
            return Optional.empty();
        }
    }

    /**
     * The fields that a job adds to its lines, in order, as far as its options tell.
     *
     * @return without those of layers where these cannot be read
     */
    public static List<String> newFields(Configuration configuration) {
        JobConfigReader reader = new JobConfigReader(configuration);
        return Stream.concat(
                        JobOptions.addedIdField(configuration).stream(),
                        reader.addedFields(reader.dropout(configuration)).stream())
                .toList();
    }

    private <T> T valid(Optional<T> result) throws InvalidJobException {
        if (!options.problems().isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        return result.orElseThrow();
    }
}
