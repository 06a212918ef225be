package org.mydropout.job.connector.kafka;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;

/**
 * The options of topics. Names, values and defaults are those of Flink's {@code
 * KafkaConnectorOptions}, below the prefix of a source, a sink or the dead letter. That class
 * itself cannot be loaded without Flink's table API.
 */
public final class KafkaOptions {

    public static final ConfigOption<List<String>> SOURCE_TOPIC =
            key("source.topic")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription("The topics to read from.");

    public static final ConfigOption<String> SOURCE_TOPIC_PATTERN =
            key("source.topic-pattern")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A regular expression for the names of the topics to read from; either"
                                    + " this or source.topic.");

    public static final ConfigOption<ScanStartupMode> SOURCE_STARTUP_MODE =
            key("source.scan.startup.mode")
                    .enumType(ScanStartupMode.class)
                    .defaultValue(ScanStartupMode.GROUP_OFFSETS)
                    .withDescription("Where in a topic reading starts.");

    public static final ConfigOption<Long> SOURCE_STARTUP_TIMESTAMP =
            key("source.scan.startup.timestamp-millis")
                    .longType()
                    .noDefaultValue()
                    .withDescription("Where the startup mode timestamp starts, since 1970 UTC.");

    public static final ConfigOption<String> SOURCE_STARTUP_OFFSETS =
            key("source.scan.startup.specific-offsets")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where the startup mode specific-offsets starts.");

    public static final ConfigOption<ScanBoundedMode> SOURCE_BOUNDED_MODE =
            key("source.scan.bounded.mode")
                    .enumType(ScanBoundedMode.class)
                    .defaultValue(ScanBoundedMode.UNBOUNDED)
                    .withDescription("Where in a topic reading ends.");

    public static final ConfigOption<Long> SOURCE_BOUNDED_TIMESTAMP =
            key("source.scan.bounded.timestamp-millis")
                    .longType()
                    .noDefaultValue()
                    .withDescription("Where the bounded mode timestamp ends, since 1970 UTC.");

    public static final ConfigOption<String> SOURCE_BOUNDED_OFFSETS =
            key("source.scan.bounded.specific-offsets")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where the bounded mode specific-offsets ends.");

    public static final ConfigOption<Duration> SOURCE_DISCOVERY_INTERVAL =
            key("source.scan.topic-partition-discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription("How often new partitions are looked for; 0: never.");

    public static final ConfigOption<List<String>> SOURCE_CSV_COLUMNS =
            key("source.csv.columns")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The columns of messages in CSV, in order: a message has no header"
                                    + " line.");

    public static final ConfigOption<String> SINK_TOPIC = topic("sink");
    public static final ConfigOption<DeliveryGuarantee> SINK_DELIVERY_GUARANTEE =
            deliveryGuarantee("sink");
    public static final ConfigOption<String> SINK_TRANSACTIONAL_ID_PREFIX =
            transactionalIdPrefix("sink");

    public static final ConfigOption<String> DEAD_LETTER_TOPIC = topic("dead-letter");
    public static final ConfigOption<DeliveryGuarantee> DEAD_LETTER_DELIVERY_GUARANTEE =
            deliveryGuarantee("dead-letter");
    public static final ConfigOption<String> DEAD_LETTER_TRANSACTIONAL_ID_PREFIX =
            transactionalIdPrefix("dead-letter");

    private KafkaOptions() {}

    private static ConfigOption<String> topic(String prefix) {
        return key(prefix + ".topic")
                .stringType()
                .noDefaultValue()
                .withDescription("The topic to write to.");
    }

    private static ConfigOption<DeliveryGuarantee> deliveryGuarantee(String prefix) {
        return key(prefix + ".delivery-guarantee")
                .enumType(DeliveryGuarantee.class)
                .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
                .withDescription("Whether a message may be written twice, or lost, at a failure.");
    }

    private static ConfigOption<String> transactionalIdPrefix(String prefix) {
        return key(prefix + ".transactional-id-prefix")
                .stringType()
                .noDefaultValue()
                .withDescription(
                        "What the names of exactly-once transactions begin with; no other running"
                                + " sink may use it, and it stays when a job starts again.");
    }
}
