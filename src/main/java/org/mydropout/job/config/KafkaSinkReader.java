package org.mydropout.job.config;

import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.mydropout.job.connector.kafka.ClientProperties;
import org.mydropout.job.connector.kafka.KafkaOptions;
import org.mydropout.job.connector.kafka.KafkaRecordSink;

/** Reads the options of a topic to write to. */
final class KafkaSinkReader {

    /**
     * A broker's default for {@code transaction.max.timeout.ms}, 15 minutes. Flink's own default
     * for a producer is an hour, which such a broker refuses.
     */
    private static final String BROKER_MAX_TRANSACTION_TIMEOUT = "900000";

    private final OptionReader options;
    private final String owner;
    private final ConfigOption<String> topic;
    private final ConfigOption<DeliveryGuarantee> guarantee;
    private final ConfigOption<String> transactionalIdPrefix;

    private KafkaSinkReader(
            OptionReader options,
            String owner,
            ConfigOption<String> topic,
            ConfigOption<DeliveryGuarantee> guarantee,
            ConfigOption<String> transactionalIdPrefix) {
        this.options = options;
        this.owner = owner;
        this.topic = topic;
        this.guarantee = guarantee;
        this.transactionalIdPrefix = transactionalIdPrefix;
    }

    static KafkaSinkReader sink(OptionReader options) {
        return new KafkaSinkReader(
                options,
                "sink",
                KafkaOptions.SINK_TOPIC,
                KafkaOptions.SINK_DELIVERY_GUARANTEE,
                KafkaOptions.SINK_TRANSACTIONAL_ID_PREFIX);
    }

    static KafkaSinkReader deadLetter(OptionReader options) {
        return new KafkaSinkReader(
                options,
                "dead-letter",
                KafkaOptions.DEAD_LETTER_TOPIC,
                KafkaOptions.DEAD_LETTER_DELIVERY_GUARANTEE,
                KafkaOptions.DEAD_LETTER_TRANSACTIONAL_ID_PREFIX);
    }

    /** The sink; empty if anything is wrong with it. */
    Optional<KafkaRecordSink> read() {
        Optional<String> name = options.required(topic, "a topic's name");
        name.ifPresent(text -> options.checkTopic(topic, text));
        Optional<DeliveryGuarantee> promised =
                options.optional(guarantee, OptionReader.oneOf(DeliveryGuarantee.class));
        Optional<String> prefix = options.optional(transactionalIdPrefix, "a text");
        ClientProperties given = ClientProperties.of(options.configuration(), owner);
        new ClientPropertiesCheck(options, owner, given)
                .check(
                        ProducerConfig.configDef(),
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        if (promised.isPresent()
                && promised.get() == DeliveryGuarantee.EXACTLY_ONCE
                && prefix.isEmpty()) {
            options.problem(
                    ("%s must be set where %s is exactly-once: a text that no other sink uses, and"
                                    + " that stays when the job starts again.")
                            .formatted(transactionalIdPrefix.key(), guarantee.key()));
        }
        if (name.isEmpty() || promised.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new KafkaRecordSink(
                        name.get(),
                        given.withDefault(
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                BROKER_MAX_TRANSACTION_TIMEOUT),
                        promised.get(),
                        prefix));
    }
}
