package org.mydropout.job.config;

import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.mydropout.job.config.JobOptions.Connector;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.kafka.KafkaOptions;
import org.mydropout.job.connector.kafka.KafkaRecordSink;

/** Reads the {@code sink.*} and {@code dead-letter.*} options. */
final class SinkReader {

    private final OptionReader options;

    SinkReader(OptionReader options) {
        this.options = options;
    }

    /** The sink; empty if anything is wrong with it. */
    Optional<RecordSink> sink() {
        return read(
                "sink",
                JobOptions.SINK_CONNECTOR,
                new OutputReader(options, JobOptions.SINK_PATH, JobOptions.SINK_OVERWRITE),
                KafkaSinkReader.sink(options));
    }

    /**
     * The dead letter; empty if there is none, or anything is wrong with it.
     *
     * @param sink the sink, whose transactions must have other names
     */
    Optional<RecordSink> deadLetter(Optional<RecordSink> sink) {
        if (!options.isSet(JobOptions.DEAD_LETTER_CONNECTOR)) {
            new TreeSet<>(options.configuration().keySet())
                    .stream()
                            .filter(key -> key.startsWith("dead-letter."))
                            .filter(KnownOptions::isKnown)
                            .findFirst()
                            .ifPresent(
                                    key ->
                                            options.problem(
                                                    "dead-letter.connector must be set to %s where %s is set."
                                                            .formatted(
                                                                    SourceReader.CONNECTORS, key)));
            return Optional.empty();
        }
        Optional<RecordSink> deadLetter =
                read(
                        "dead-letter",
                        JobOptions.DEAD_LETTER_CONNECTOR,
                        new OutputReader(
                                options,
                                JobOptions.DEAD_LETTER_PATH,
                                JobOptions.DEAD_LETTER_OVERWRITE),
                        KafkaSinkReader.deadLetter(options));
        checkTransactions(sink, deadLetter);
        return deadLetter;
    }

    /** The sink of a job that has run, to be read. */
    Optional<RecordSink> written() {
        Optional<Connector> connector =
                options.required(JobOptions.SINK_CONNECTOR, SourceReader.CONNECTORS);
        if (connector.isEmpty() || connector.get() == Connector.KAFKA) {
            return connector.flatMap(kafka -> KafkaSinkReader.sink(options).read());
        }
        return new OutputReader(options, JobOptions.SINK_PATH, JobOptions.SINK_OVERWRITE)
                .readWritten()
                .map(RecordSink.class::cast);
    }

    private Optional<RecordSink> read(
            String owner,
            ConfigOption<Connector> connectorOption,
            OutputReader files,
            KafkaSinkReader topic) {
        Optional<Connector> connector = options.required(connectorOption, SourceReader.CONNECTORS);
        connector.ifPresent(
                named ->
                        options.problems(
                                KnownOptions.ofOtherConnector(
                                        options.configuration().keySet(), owner, named)));
        if (connector.isEmpty()) {
            return Optional.empty();
        }
        return connector.get() == Connector.KAFKA
                ? topic.read().map(RecordSink.class::cast)
                : files.read().map(RecordSink.class::cast);
    }

    /** Sinks of one prefix would take each other's transactions for their own, and abort them. */
    private void checkTransactions(Optional<RecordSink> sink, Optional<RecordSink> deadLetter) {
        if (sink.flatMap(SinkReader::transactions).isPresent()
                && sink.flatMap(SinkReader::transactions)
                        .equals(deadLetter.flatMap(SinkReader::transactions))) {
            options.problem(
                    "%s and %s must be two texts, but both are '%s'."
                            .formatted(
                                    KafkaOptions.SINK_TRANSACTIONAL_ID_PREFIX.key(),
                                    KafkaOptions.DEAD_LETTER_TRANSACTIONAL_ID_PREFIX.key(),
                                    sink.flatMap(SinkReader::transactions).orElseThrow()));
        }
    }

    private static Optional<String> transactions(RecordSink sink) {
        return sink instanceof KafkaRecordSink topic
                        && topic.guarantee() == DeliveryGuarantee.EXACTLY_ONCE
                ? topic.transactionalIdPrefix()
                : Optional.empty();
    }
}
