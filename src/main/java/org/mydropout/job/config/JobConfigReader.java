package org.mydropout.job.config;

import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
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
        SchemaReader records = new SchemaReader(options, dropout());
        RecordSchema schema = records.schema();
        Optional<RecordCopies> copies = records.copies();
        Optional<Source> source = new SourceReader(options).read(schema);
        options.required(JobOptions.SINK_CONNECTOR, SourceReader.CONNECTORS);
        checkApart(source, sink, deadLetter);
        if (!options.problems().isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        return new JobConfig(
                records.dropout(),
                schema,
                copies,
                source.orElseThrow(),
                sink.orElseThrow(),
                deadLetter);
    }

    /** The dropout; where it is wrong, one to find the other problems with. */
    private DropoutConfig dropout() {
        try {
            return DropoutConfig.from(options.configuration());
        } catch (InvalidDropoutConfigException e) {
            options.problems(e.problems());
            return dropoutOfTheSteps();
        }
    }

    private DropoutConfig dropoutOfTheSteps() {
        Configuration steps = new Configuration();
        for (ConfigOption<?> option : List.of(DropoutOptions.STEP_FROM, DropoutOptions.STEP)) {
            String value = options.configuration().toMap().get(option.key());
            if (value != null) {
                steps.setString(option.key(), value);
            }
        }
        steps.set(DropoutOptions.RATE, 0.0);
        steps.set(DropoutOptions.SEED, 0L);
        try {
            return DropoutConfig.from(steps);
        } catch (InvalidDropoutConfigException e) { // the same sentences once more
            return DropoutConfig.builder().rate(0).seed(0).build();
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
        return (resolved(inner) + Path.SEPARATOR).startsWith(resolved(outer) + Path.SEPARATOR);
    }

    /** One text for all ways to write a path: with a scheme or without, over links or not. */
    private static String resolved(Path path) {
        try {
            FileSystem fileSystem = path.getFileSystem();
            return fileSystem.isDistributedFS()
                    ? path.makeQualified(fileSystem).toString()
                    : new File(path.getPath()).getCanonicalPath();
        } catch (IOException e) {
            return path.toString(); // whoever opens it says what is wrong with it
        }
    }
}
