package org.mydropout.job.connector.kafka;

import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_BOUNDED_MODE;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_BOUNDED_OFFSETS;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_BOUNDED_TIMESTAMP;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_STARTUP_MODE;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_STARTUP_OFFSETS;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_STARTUP_TIMESTAMP;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.mydropout.flink.OptionReader;

/**
 * Reads the {@code source.scan.startup.*} and {@code source.scan.bounded.*} options. They have the
 * meaning of Flink's Kafka table connector ({@code KafkaDynamicSource}). Flink's own reader, {@code
 * KafkaConnectorOptionsUtil}, is not public and needs Flink's table API, which may not be on a
 * job's class path.
 */
final class KafkaRangeReader {

    private static final Pattern PARTITION_OFFSET =
            Pattern.compile("partition:(\\d{1,9}),offset:(\\d{1,18})");

    private final OptionReader options;
    private final List<String> topics;
    private final ClientProperties properties;

    /**
     * @param topics the topics to read; empty if a pattern selects them
     * @param properties the properties of the consumer
     */
    KafkaRangeReader(OptionReader options, List<String> topics, ClientProperties properties) {
        this.options = options;
        this.topics = topics;
        this.properties = properties;
    }

    /** The range; empty if there is a problem. */
    Optional<TopicRange> read() {
        Optional<ScanStartupMode> startMode =
                mode(
                        SOURCE_STARTUP_MODE,
                        Map.of(
                                SOURCE_STARTUP_TIMESTAMP, ScanStartupMode.TIMESTAMP,
                                SOURCE_STARTUP_OFFSETS, ScanStartupMode.SPECIFIC_OFFSETS));
        Optional<ScanBoundedMode> endMode =
                mode(
                        SOURCE_BOUNDED_MODE,
                        Map.of(
                                SOURCE_BOUNDED_TIMESTAMP, ScanBoundedMode.TIMESTAMP,
                                SOURCE_BOUNDED_OFFSETS, ScanBoundedMode.SPECIFIC_OFFSETS));
        Optional<OffsetsInitializer> start = startMode.flatMap(this::start);
        Optional<TopicRange> range =
                endMode.flatMap(mode -> range(mode, start.orElseGet(OffsetsInitializer::earliest)));
        return start.isEmpty() ? Optional.empty() : range;
    }

    /**
     * Reads a mode.
     *
     * @param users the options that are for one mode only
     */
    private <M extends Enum<M>> Optional<M> mode(
            ConfigOption<M> option, Map<ConfigOption<?>, M> users) {
        Optional<M> mode = options.oneOf(option);
        mode.ifPresent(
                given ->
                        users.forEach(
                                (used, user) -> {
                                    if (options.isSet(used) && given != user) {
                                        options.problem(
                                                "%s must not be set unless %s is %s, but that is %s."
                                                        .formatted(
                                                                used.key(),
                                                                option.key(),
                                                                user,
                                                                given));
                                    }
                                }));
        return mode;
    }

    private Optional<OffsetsInitializer> start(ScanStartupMode mode) {
        return switch (mode) {
            case EARLIEST_OFFSET -> Optional.of(OffsetsInitializer.earliest());
            case LATEST_OFFSET -> Optional.of(OffsetsInitializer.latest());
            case TIMESTAMP -> timestamp(SOURCE_STARTUP_TIMESTAMP);
            case SPECIFIC_OFFSETS -> offsets(SOURCE_STARTUP_OFFSETS);
            case GROUP_OFFSETS -> {
                requireGroup(SOURCE_STARTUP_MODE);
                yield resetStrategy().map(OffsetsInitializer::committedOffsets);
            }
        };
    }

    private Optional<TopicRange> range(ScanBoundedMode mode, OffsetsInitializer start) {
        return switch (mode) {
            case UNBOUNDED -> Optional.of(TopicRange.from(start));
            case LATEST_OFFSET -> Optional.of(TopicRange.from(start).toLatest());
            case TIMESTAMP ->
                    timestamp(SOURCE_BOUNDED_TIMESTAMP).map(end -> TopicRange.between(start, end));
            case SPECIFIC_OFFSETS ->
                    offsets(SOURCE_BOUNDED_OFFSETS).map(end -> TopicRange.between(start, end));
            case GROUP_OFFSETS -> {
                requireGroup(SOURCE_BOUNDED_MODE);
                yield Optional.of(TopicRange.between(start, OffsetsInitializer.committedOffsets()));
            }
        };
    }

    private void requireGroup(ConfigOption<?> mode) {
        if (properties.get(ConsumerConfig.GROUP_ID_CONFIG) == null) {
            options.problem(
                    "source.properties.group.id must be set where %s is group-offsets."
                            .formatted(mode.key()));
        }
    }

    /** The start for a group without committed offsets. */
    @SuppressWarnings("deprecation") // the connector takes no other type
    private Optional<OffsetResetStrategy> resetStrategy() {
        String name = properties.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
        try {
            return Optional.of(
                    name == null
                            ? OffsetResetStrategy.NONE
                            : OffsetResetStrategy.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            options.problem(
                    "source.properties.auto.offset.reset must be earliest, latest or none where %s is"
                                    .formatted(SOURCE_STARTUP_MODE.key())
                            + " group-offsets, but is not.");
            return Optional.empty();
        }
    }

    private Optional<OffsetsInitializer> timestamp(ConfigOption<Long> option) {
        // Negative timestamps have other meanings in Kafka.
        return options.required(
                        option, "milliseconds since 1970, 0 or more", timestamp -> timestamp >= 0)
                .map(OffsetsInitializer::timestamp);
    }

    private Optional<OffsetsInitializer> offsets(ConfigOption<String> option) {
        String rule = "offsets such as partition:0,offset:42;partition:1,offset:300";
        Optional<String> text = options.required(option, rule);
        if (topics.size() != 1) {
            options.problem(
                    "source.topic must be one topic where %s is set.".formatted(option.key()));
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (String pair : text.get().split(";", -1)) {
            Matcher matcher = PARTITION_OFFSET.matcher(pair);
            if (!matcher.matches()) {
                options.mustBe(option, rule, "'" + text.get() + "'");
                return Optional.empty();
            }
            offsets.put(
                    new TopicPartition(topics.get(0), Integer.parseInt(matcher.group(1))),
                    Long.parseLong(matcher.group(2)));
        }
        return Optional.of(OffsetsInitializer.offsets(offsets));
    }
}
