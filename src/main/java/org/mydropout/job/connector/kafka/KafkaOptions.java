package org.mydropout.job.connector.kafka;

import static org.apache.flink.configuration.ConfigOptions.key;
import static org.mydropout.flink.OptionDescription.ofValues;
import static org.mydropout.flink.OptionDescription.value;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;

/**
 * The options of the connector {@code kafka}. Below their prefix, they have the names, values and
 * defaults of Flink's {@code KafkaConnectorOptions}, which cannot be loaded without Flink's table
 * API.
 */
public final class KafkaOptions {

    public static final ConfigOption<List<String>> SOURCE_TOPIC =
            key("source.topic")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The topics to read from. Either this or source.topic-pattern is"
                                    + " required.");

    public static final ConfigOption<String> SOURCE_TOPIC_PATTERN =
            key("source.topic-pattern")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A regular expression for the names of the topics to read from.");

    public static final ConfigOption<ScanStartupMode> SOURCE_STARTUP_MODE =
            key("source.scan.startup.mode")
                    .enumType(ScanStartupMode.class)
                    .defaultValue(ScanStartupMode.GROUP_OFFSETS)
                    .withDescription("Where in a topic reading starts.");

    public static final ConfigOption<Long> SOURCE_STARTUP_TIMESTAMP =
            key("source.scan.startup.timestamp-millis")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "The start for the startup mode timestamp, in milliseconds since"
                                    + " 1970-01-01 UTC.");

    public static final ConfigOption<String> SOURCE_STARTUP_OFFSETS =
            key("source.scan.startup.specific-offsets")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The start for the startup mode specific-offsets, such as"
                                    + " partition:0,offset:42;partition:1,offset:300.");

    public static final ConfigOption<ScanBoundedMode> SOURCE_BOUNDED_MODE =
            key("source.scan.bounded.mode")
                    .enumType(ScanBoundedMode.class)
                    .defaultValue(ScanBoundedMode.UNBOUNDED)
                    .withDescription("Where in a topic reading ends.");

    public static final ConfigOption<Long> SOURCE_BOUNDED_TIMESTAMP =
            key("source.scan.bounded.timestamp-millis")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "The end for the bounded mode timestamp, in milliseconds since"
                                    + " 1970-01-01 UTC.");

    public static final ConfigOption<String> SOURCE_BOUNDED_OFFSETS =
            key("source.scan.bounded.specific-offsets")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The end for the bounded mode specific-offsets, in the form of the"
                                    + " start. Without a group.id it names every partition.");

    public static final ConfigOption<Duration> SOURCE_DISCOVERY_INTERVAL =
            key("source.scan.topic-partition-discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How often the source looks for new partitions. 0 means never.");

    public static final ConfigOption<List<String>> SOURCE_CSV_COLUMNS =
            key("source.csv.columns")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The columns of messages in CSV, in order, such as id;step;features."
                                    + " Required with source.format: csv, because a message has no"
                                    + " header line.");

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SOURCE_TOPIC,
                    SOURCE_TOPIC_PATTERN,
                    SOURCE_STARTUP_MODE,
                    SOURCE_STARTUP_TIMESTAMP,
                    SOURCE_STARTUP_OFFSETS,
                    SOURCE_BOUNDED_MODE,
                    SOURCE_BOUNDED_TIMESTAMP,
                    SOURCE_BOUNDED_OFFSETS,
                    SOURCE_DISCOVERY_INTERVAL,
                    SOURCE_CSV_COLUMNS,
                    topic("sink"),
                    deliveryGuarantee("sink"),
                    transactionalIdPrefix("sink"),
                    topic("dead-letter"),
                    deliveryGuarantee("dead-letter"),
                    transactionalIdPrefix("dead-letter"));

    private KafkaOptions() {}

    /** The topic of a sink, {@code sink} or {@code dead-letter}. */
    static ConfigOption<String> topic(String prefix) {
        return key(prefix + ".topic")
                .stringType()
                .noDefaultValue()
                .withDescription("Required. The topic to write to.");
    }

    /** The delivery guarantee of a sink, {@code sink} or {@code dead-letter}. */
    static ConfigOption<DeliveryGuarantee> deliveryGuarantee(String prefix) {
        return key(prefix + ".delivery-guarantee")
                .enumType(DeliveryGuarantee.class)
                .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
                .withDescription(
                        ofValues(
                                "What a failure may do to a message.",
                                value(
                                        DeliveryGuarantee.EXACTLY_ONCE,
                                        "it appears once for readers of committed messages."),
                                value(DeliveryGuarantee.AT_LEAST_ONCE, "it may appear twice."),
                                value(DeliveryGuarantee.NONE, "it may be lost, or appear twice.")));
    }

    /** The transactional id prefix of a sink, {@code sink} or {@code dead-letter}. */
    static ConfigOption<String> transactionalIdPrefix(String prefix) {
        return key(prefix + ".transactional-id-prefix")
                .stringType()
                .noDefaultValue()
                .withDescription(
                        "The beginning of the names of transactions. Required with exactly-once. No"
                                + " other running sink may use it. It stays the same when a job starts"
                                + " again.");
    }
}
