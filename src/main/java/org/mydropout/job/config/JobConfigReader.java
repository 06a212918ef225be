package org.mydropout.job.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.InvalidDropoutConfigException;
import org.mydropout.flink.StepSource;
import org.mydropout.job.config.JobConfig.Output;
import org.mydropout.job.config.JobConfig.Source;
import org.mydropout.job.record.RecordCopies;
import org.mydropout.job.record.RecordSchema;

/** Makes a {@link JobConfig} of a configuration, or says everything that is wrong with it. */
public final class JobConfigReader {

    private final OptionReader options;

    private JobConfigReader(Configuration configuration) {
        this.options = new OptionReader(configuration);
    }

    /**
     * Validates a configuration. Files are looked at, and nothing is written or deleted.
     *
     * @throws InvalidJobException with every problem of the configuration
     */
    public static JobConfig read(Configuration configuration) throws InvalidJobException {
        return new JobConfigReader(configuration).read();
    }

    /**
     * Validates the configuration of a job that has run, to read what it wrote. Where its records
     * carry their provenance, that takes the place of the options it names.
     *
     * @throws InvalidJobException with every problem of the configuration
     */
    public static JobConfig readWritten(Configuration configuration) throws InvalidJobException {
        Configuration job = new Configuration(configuration);
        // What the guard refused is not in the output; it has no part in what should be there.
        job.removeConfig(DropoutOptions.KEY_REUSE);
        if (job.get(JobOptions.SINK_PROVENANCE)) {
            WrittenProvenance.take(job);
        }
        return new JobConfigReader(job).readWritten();
    }

    private JobConfig readWritten() throws InvalidJobException {
        Optional<Output> sink =
                new OutputReader(options, JobOptions.SINK_PATH, JobOptions.SINK_OVERWRITE)
                        .readWritten();
        JobConfig config = read(sink, Optional.empty());
        if (config.dropout().stepFrom() == StepSource.COUNTER) {
            throw new InvalidJobException(
                    List.of(
                            "dropout.step-from must not be counter for a verification: which record"
                                    + " had which count is not in the input."));
        }
        return config;
    }

    private JobConfig read() throws InvalidJobException {
        Optional<Output> sink =
                new OutputReader(options, JobOptions.SINK_PATH, JobOptions.SINK_OVERWRITE).read();
        return read(sink, deadLetter());
    }

    private JobConfig read(Optional<Output> sink, Optional<Output> deadLetter)
            throws InvalidJobException {
        options.problems(KnownOptions.unknown(options.configuration().keySet()));
        Optional<DropoutConfig> dropout = dropout();
        Optional<SchemaReader> records = dropout.map(checked -> new SchemaReader(options, checked));
        Optional<RecordSchema> schema = records.map(SchemaReader::schema);
        Optional<RecordCopies> copies = records.flatMap(SchemaReader::copies);
        Optional<Source> source = new SourceReader(options).read(schema);
        options.required(JobOptions.SINK_CONNECTOR, SourceReader.CONNECTORS);
        checkApart(source, sink, deadLetter);
        if (!options.problems().isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        return new JobConfig(
                records.orElseThrow().dropout(),
                schema.orElseThrow(),
                copies,
                source.orElseThrow(),
                sink.orElseThrow(),
                deadLetter);
    }

    private Optional<DropoutConfig> dropout() {
        try {
            return Optional.of(DropoutConfig.from(options.configuration()));
        } catch (InvalidDropoutConfigException e) {
            options.problems(e.problems());
            return Optional.empty();
        }
    }

    private Optional<Output> deadLetter() {
        if (!options.isSet(JobOptions.DEAD_LETTER_CONNECTOR)) {
            if (options.isSet(JobOptions.DEAD_LETTER_PATH)) {
                options.problem(
                        "dead-letter.connector must be set to %s where dead-letter.path is set."
                                .formatted(SourceReader.CONNECTORS));
            }
            return Optional.empty();
        }
        options.required(JobOptions.DEAD_LETTER_CONNECTOR, SourceReader.CONNECTORS);
        return new OutputReader(
                        options, JobOptions.DEAD_LETTER_PATH, JobOptions.DEAD_LETTER_OVERWRITE)
                .read();
    }

    /** A job that writes into what it reads would read its own output, or delete its input. */
    private void checkApart(
            Optional<Source> source, Optional<Output> sink, Optional<Output> deadLetter) {
        Map<String, Path> paths = new LinkedHashMap<>();
        source.ifPresent(from -> paths.put(JobOptions.SOURCE_PATH.key(), from.path()));
        sink.ifPresent(to -> paths.put(JobOptions.SINK_PATH.key(), to.path()));
        deadLetter.ifPresent(to -> paths.put(JobOptions.DEAD_LETTER_PATH.key(), to.path()));
        paths.forEach(
                (option, path) ->
                        paths.forEach(
                                (otherOption, otherPath) -> {
                                    if (!option.equals(otherOption) && isWithin(path, otherPath)) {
                                        options.problem(
                                                "%s must not lie in %s, but is %s in %s."
                                                        .formatted(
                                                                option,
                                                                otherOption,
                                                                path,
                                                                otherPath));
                                    }
                                }));
    }

    private static boolean isWithin(Path inner, Path outer) {
        return (inner + Path.SEPARATOR).startsWith(outer + Path.SEPARATOR);
    }
}
