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
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.file.FileRecordSink;
import org.mydropout.job.connector.file.FileRecordSource;
import org.mydropout.job.connector.kafka.KafkaOptions;
import org.mydropout.job.connector.kafka.KafkaRecordSink;
import org.mydropout.job.connector.kafka.KafkaRecordSource;
import org.mydropout.job.text.RecordSchema;

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
     * Validates the configuration of a job that has run, whose sink is there to be read.
     *
     * @throws InvalidJobException with every problem of the configuration
     */
    public static JobConfig readWritten(Configuration configuration) throws InvalidJobException {
        JobConfigReader reader = new JobConfigReader(configuration);
        return reader.read(new SinkReader(reader.options).written(), Optional.empty());
    }

    private JobConfig read() throws InvalidJobException {
        SinkReader sinks = new SinkReader(options);
        Optional<RecordSink> sink = sinks.sink();
        return read(sink, sinks.deadLetter(sink));
    }

    private JobConfig read(Optional<RecordSink> sink, Optional<RecordSink> deadLetter)
            throws InvalidJobException {
        options.problems(KnownOptions.unknown(options.configuration().keySet()));
        SchemaReader records = new SchemaReader(options, dropout());
        RecordSchema schema = records.schema();
        Optional<RecordCopies> copies = records.copies();
        Optional<RecordSource> source = new SourceReader(options).read(schema);
        checkApart(source, sink, deadLetter);
        sink.ifPresent(to -> checkTopic(KafkaOptions.SINK_TOPIC, to, source, deadLetter));
        deadLetter.ifPresent(
                to -> checkTopic(KafkaOptions.DEAD_LETTER_TOPIC, to, source, Optional.empty()));
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

    /** A job that writes into what it reads would read its own output, or delete its input. */
    private void checkApart(
            Optional<RecordSource> source,
            Optional<RecordSink> sink,
            Optional<RecordSink> deadLetter) {
        Map<String, Path> paths = new LinkedHashMap<>();
        if (source.isPresent() && source.get() instanceof FileRecordSource files) {
            paths.put(JobOptions.SOURCE_PATH.key(), files.path());
        }
        if (sink.isPresent() && sink.get() instanceof FileRecordSink files) {
            paths.put(JobOptions.SINK_PATH.key(), files.path());
        }
        if (deadLetter.isPresent() && deadLetter.get() instanceof FileRecordSink files) {
            paths.put(JobOptions.DEAD_LETTER_PATH.key(), files.path());
        }
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

    /** A job that writes into a topic that it reads would never end. */
    private void checkTopic(
            ConfigOption<String> option,
            RecordSink sink,
            Optional<RecordSource> source,
            Optional<RecordSink> other) {
        if (!(sink instanceof KafkaRecordSink topic)) {
            return;
        }
        if (source.isPresent()
                && source.get() instanceof KafkaRecordSource from
                && from.reads(topic)) {
            options.problem(
                    "%s must not be a topic of the source, but is %s."
                            .formatted(option.key(), topic.topic()));
        }
        if (other.isPresent()
                && other.get() instanceof KafkaRecordSink to
                && to.isSameTopic(topic)) {
            options.problem(
                    "%s must not be %s, but both are %s."
                            .formatted(
                                    option.key(),
                                    KafkaOptions.DEAD_LETTER_TOPIC.key(),
                                    topic.topic()));
        }
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
