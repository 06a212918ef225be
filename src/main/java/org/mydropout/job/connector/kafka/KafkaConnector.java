package org.mydropout.job.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.text.TextFormat;

/** The connector {@code kafka}: the values of messages are lines. */
public final class KafkaConnector implements Connector {

    /**
     * A broker's default of {@code transaction.max.timeout.ms}, 15 minutes. Flink's default for
     * producers is one hour, which such a broker refuses.
     */
    private static final String BROKER_MAX_TRANSACTION_TIMEOUT = "900000";

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return KafkaOptions.ALL;
    }

    @Override
    public boolean isClientOption(String key) {
        return ClientProperties.isProperty(key);
    }

    @Override
    public boolean isSecret(String key) {
        return ClientProperties.isPassword(key);
    }

    @Override
    public Optional<? extends RecordSource> source(
            OptionReader options, Optional<TextFormat> format) {
        return new KafkaSourceReader(options).read(format);
    }

    @Override
    public Optional<? extends RecordSink> sink(OptionReader options, String prefix) {
        ConfigOption<String> topicOption = KafkaOptions.topic(prefix);
        Optional<String> topic = options.required(topicOption, "a topic's name");
        topic.ifPresent(name -> TopicCheck.checkName(options, topicOption, name));
        Optional<DeliveryGuarantee> guarantee =
                options.oneOf(KafkaOptions.deliveryGuarantee(prefix));
        Optional<String> transactionalIdPrefix =
                options.optional(KafkaOptions.transactionalIdPrefix(prefix), "a text");
        ClientProperties properties = ClientProperties.of(options.toMap(), prefix);
        new ClientPropertiesCheck(options, prefix, properties)
                .check(
                        ProducerConfig.configDef(),
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        if (guarantee.equals(Optional.of(DeliveryGuarantee.EXACTLY_ONCE))
                && transactionalIdPrefix.isEmpty()) {
            options.problem(
                    ("%s must be set where %s is exactly-once: a text that no other sink uses, and"
                                    + " that stays when the job starts again.")
                            .formatted(
                                    KafkaOptions.transactionalIdPrefix(prefix).key(),
                                    KafkaOptions.deliveryGuarantee(prefix).key()));
        }
        if (topic.isEmpty() || guarantee.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new KafkaRecordSink(
                        topic.get(),
                        properties.withDefault(
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                BROKER_MAX_TRANSACTION_TIMEOUT),
                        guarantee.get(),
                        transactionalIdPrefix));
    }

    /**
     * A job that writes to a topic that it reads would never end. Two sinks with the same
     * transaction prefix would abort each other's transactions.
     */
    @Override
    public void checkApart(OptionReader options, Places places) {
        Map<String, KafkaRecordSink> sinks = places.sinks(KafkaRecordSink.class);
        places.source(KafkaRecordSource.class)
                .ifPresent(
                        source ->
                                sinks.forEach(
                                        (prefix, sink) -> {
                                            if (source.reads(sink)) {
                                                options.problem(
                                                        "%s must not be a topic of the source, but is %s."
                                                                .formatted(
                                                                        KafkaOptions.topic(prefix)
                                                                                .key(),
                                                                        sink.topic()));
                                            }
                                        }));
        if (sinks.size() == 2) {
            checkSinksApart(options, sinks.get("sink"), sinks.get("dead-letter"));
        }
    }

    private static void checkSinksApart(
            OptionReader options, KafkaRecordSink sink, KafkaRecordSink deadLetter) {
        if (sink.isSameTopic(deadLetter)) {
            options.problem(
                    "%s must not be %s, but both are %s."
                            .formatted(
                                    KafkaOptions.topic("sink").key(),
                                    KafkaOptions.topic("dead-letter").key(),
                                    sink.topic()));
        }
        if (sink.transactions().isPresent()
                && sink.transactions().equals(deadLetter.transactions())) {
            options.problem(
                    "%s and %s must be two texts, but both are '%s'."
                            .formatted(
                                    KafkaOptions.transactionalIdPrefix("sink").key(),
                                    KafkaOptions.transactionalIdPrefix("dead-letter").key(),
                                    sink.transactions().get()));
        }
    }

    @Override
    public void checkStart(OptionReader options, Places places, RunMode mode)
            throws InterruptedException {
        checkMode(options, places, mode);
        TopicCheck.checkExistence(options, places, true);
    }

    static void checkMode(OptionReader options, Places places, RunMode mode) {
        boolean endless =
                places.source(KafkaRecordSource.class).filter(s -> !s.isBounded()).isPresent();
        if (endless && !mode.streaming()) {
            options.problem(
                    "%s must be STREAMING where the source never ends, but is BATCH; %s: latest-offset makes it end."
                            .formatted(
                                    ExecutionOptions.RUNTIME_MODE.key(),
                                    KafkaOptions.SOURCE_BOUNDED_MODE.key()));
        }
        if (mode.streaming() && mode.checkpointInterval().isPresent()) {
            Duration interval = mode.checkpointInterval().get();
            places.sinks(KafkaRecordSink.class)
                    .forEach((prefix, sink) -> checkTimeout(options, prefix, sink, interval));
        }
    }

    /**
     * A transaction lasts from checkpoint to checkpoint. If it times out, its messages are lost.
     */
    private static void checkTimeout(
            OptionReader options, String prefix, KafkaRecordSink sink, Duration interval) {
        sink.transactionTimeout()
                .filter(timeout -> timeout.compareTo(interval) <= 0)
                .ifPresent(
                        timeout ->
                                options.problem(
                                        "%s must be shorter than %s.properties.%s, but is %d ms, and that %d ms."
                                                .formatted(
                                                        CheckpointingOptions.CHECKPOINTING_INTERVAL
                                                                .key(),
                                                        prefix,
                                                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                                        interval.toMillis(),
                                                        timeout.toMillis())));
    }

    @Override
    public void checkWritten(OptionReader options, Places places) throws InterruptedException {
        checkRange(options, places);
        TopicCheck.checkExistence(options, places, false);
    }

    static void checkRange(OptionReader options, Places places) {
        if (places.source(KafkaRecordSource.class).isPresent()) {
            ScanStartupMode start =
                    options.readable(KafkaOptions.SOURCE_STARTUP_MODE).orElseThrow();
            if (start == ScanStartupMode.GROUP_OFFSETS || start == ScanStartupMode.LATEST_OFFSET) {
                options.problem(
                        "%s must not be %s for a verification: where the job once started is no longer known."
                                .formatted(KafkaOptions.SOURCE_STARTUP_MODE.key(), start));
            }
            if (options.readable(KafkaOptions.SOURCE_BOUNDED_MODE).orElseThrow()
                    == ScanBoundedMode.GROUP_OFFSETS) {
                options.problem(
                        "%s must not be group-offsets for a verification: where the job once ended is no longer known."
                                .formatted(KafkaOptions.SOURCE_BOUNDED_MODE.key()));
            }
        }
    }
}
