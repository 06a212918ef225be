package org.mydropout.job.config;

import static org.mydropout.job.kafka.KafkaOptions.SOURCE_BOUNDED_MODE;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_BOUNDED_OFFSETS;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_BOUNDED_TIMESTAMP;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_CSV_COLUMNS;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_DISCOVERY_INTERVAL;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_STARTUP_MODE;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_STARTUP_OFFSETS;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_STARTUP_TIMESTAMP;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_TOPIC;
import static org.mydropout.job.kafka.KafkaOptions.SOURCE_TOPIC_PATTERN;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanBoundedMode;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.ScanStartupMode;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.mydropout.job.kafka.ClientProperties;
import org.mydropout.job.kafka.KafkaLineSource;
import org.mydropout.job.record.CsvHeader;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.RefusedLineException;

/**
 * Reads the {@code source.*} options of topics. What they mean is what Flink's Kafka table
 * connector makes of them in its {@code KafkaDynamicSource}.
 */
final class KafkaSourceReader {

    private static final Pattern PARTITION_OFFSET =
            Pattern.compile("partition:(\\d{1,9}),offset:(\\d{1,18})");

    private final OptionReader options;

    KafkaSourceReader(OptionReader options) {
        this.options = options;
    }

    /** The source; empty if anything is wrong with it. */
    Optional<KafkaLineSource> read(Optional<Format> format) {
        Optional<List<String>> topics = options.optional(SOURCE_TOPIC, "a list of topics");
        topics.ifPresent(this::checkTopics);
        Optional<Pattern> pattern = pattern();
        if (options.isSet(SOURCE_TOPIC) == options.isSet(SOURCE_TOPIC_PATTERN)) {
            options.problem("Either source.topic or source.topic-pattern must be set.");
        }
        ClientProperties properties = properties();
        Optional<OffsetsInitializer> start = start(topics, properties);
        Optional<OffsetsInitializer> end = end(topics, properties);
        Optional<CsvHeader> header = format.flatMap(this::header);
        if (format.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new KafkaLineSource(
                        topics.orElse(List.of()),
                        pattern,
                        properties,
                        start.get(),
                        end,
                        format.get(),
                        header));
    }

    private void checkTopics(List<String> topics) {
        if (topics.isEmpty()) {
            options.problem("source.topic must be a topic, or several, but is empty.");
        }
        topics.forEach(topic -> options.checkTopic(SOURCE_TOPIC, topic));
    }

    private Optional<Pattern> pattern() {
        try {
            return options.optional(SOURCE_TOPIC_PATTERN, "a regular expression")
                    .map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            options.problem(
                    "source.topic-pattern must be a regular expression, but is not: %s."
                            .formatted(e.getDescription()));
            return Optional.empty();
        }
    }

    private ClientProperties properties() {
        ClientProperties given = ClientProperties.of(options.configuration(), "source");
        new ClientPropertiesCheck(options, "source", given)
                .check(
                        ConsumerConfig.configDef(),
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        ClientProperties properties =
                given.withDefault(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, ClientProperties.READ_COMMITTED);
        Optional<Duration> discovery = options.optional(SOURCE_DISCOVERY_INTERVAL, "a duration");
        return discovery.isPresent() && options.isSet(SOURCE_DISCOVERY_INTERVAL)
                ? properties.withDefault(
                        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                        Long.toString(discovery.get().toMillis()))
                : properties;
    }

    private Optional<OffsetsInitializer> start(
            Optional<List<String>> topics, ClientProperties properties) {
        Optional<ScanStartupMode> mode =
                options.optional(SOURCE_STARTUP_MODE, OptionReader.oneOf(ScanStartupMode.class));
        requireUse(SOURCE_STARTUP_TIMESTAMP, mode, ScanStartupMode.TIMESTAMP, SOURCE_STARTUP_MODE);
        requireUse(
                SOURCE_STARTUP_OFFSETS,
                mode,
                ScanStartupMode.SPECIFIC_OFFSETS,
                SOURCE_STARTUP_MODE);
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        return switch (mode.get()) {
            case EARLIEST_OFFSET -> Optional.of(OffsetsInitializer.earliest());
            case LATEST_OFFSET -> Optional.of(OffsetsInitializer.latest());
            case TIMESTAMP -> timestamp(SOURCE_STARTUP_TIMESTAMP);
            case SPECIFIC_OFFSETS -> offsets(SOURCE_STARTUP_OFFSETS, topics);
            case GROUP_OFFSETS -> {
                requireGroup(SOURCE_STARTUP_MODE, properties);
                yield resetStrategy(properties).map(OffsetsInitializer::committedOffsets);
            }
        };
    }

    /** Where to end; empty where the source never does. */
    private Optional<OffsetsInitializer> end(
            Optional<List<String>> topics, ClientProperties properties) {
        Optional<ScanBoundedMode> mode =
                options.optional(SOURCE_BOUNDED_MODE, OptionReader.oneOf(ScanBoundedMode.class));
        requireUse(SOURCE_BOUNDED_TIMESTAMP, mode, ScanBoundedMode.TIMESTAMP, SOURCE_BOUNDED_MODE);
        requireUse(
                SOURCE_BOUNDED_OFFSETS,
                mode,
                ScanBoundedMode.SPECIFIC_OFFSETS,
                SOURCE_BOUNDED_MODE);
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        return switch (mode.get()) {
            case UNBOUNDED -> Optional.empty();
            case LATEST_OFFSET -> Optional.of(OffsetsInitializer.latest());
            case TIMESTAMP -> timestamp(SOURCE_BOUNDED_TIMESTAMP);
            case SPECIFIC_OFFSETS -> offsets(SOURCE_BOUNDED_OFFSETS, topics);
            case GROUP_OFFSETS -> {
                requireGroup(SOURCE_BOUNDED_MODE, properties);
                yield Optional.of(OffsetsInitializer.committedOffsets());
            }
        };
    }

    private <M> void requireUse(
            ConfigOption<?> option, Optional<M> mode, M user, ConfigOption<M> modeOption) {
        if (options.isSet(option) && mode.isPresent() && mode.get() != user) {
            options.problem(
                    "%s must not be set unless %s is %s, but that is %s."
                            .formatted(option.key(), modeOption.key(), user, mode.get()));
        }
    }

    private void requireGroup(ConfigOption<?> mode, ClientProperties properties) {
        if (properties.get(ConsumerConfig.GROUP_ID_CONFIG) == null) {
            options.problem(
                    "source.properties.group.id must be set where %s is group-offsets."
                            .formatted(mode.key()));
        }
    }

    /** What a group without committed offsets starts at. */
    @SuppressWarnings("deprecation") // the connector takes no other type
    private Optional<OffsetResetStrategy> resetStrategy(ClientProperties properties) {
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
        String rule = "milliseconds since 1970, 0 or more";
        Optional<Long> timestamp = options.required(option, rule);
        if (timestamp.isPresent() && timestamp.get() < 0) {
            // Kafka has other uses for negative ones.
            options.problem(
                    "%s must be %s, but is %d.".formatted(option.key(), rule, timestamp.get()));
            return Optional.empty();
        }
        return timestamp.map(OffsetsInitializer::timestamp);
    }

    private Optional<OffsetsInitializer> offsets(
            ConfigOption<String> option, Optional<List<String>> topics) {
        String rule = "offsets such as partition:0,offset:42;partition:1,offset:300";
        Optional<String> text = options.required(option, rule);
        if (topics.isEmpty() || topics.get().size() != 1) {
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
                options.problem(
                        "%s must be %s, but is '%s'.".formatted(option.key(), rule, text.get()));
                return Optional.empty();
            }
            offsets.put(
                    new TopicPartition(topics.get().get(0), Integer.parseInt(matcher.group(1))),
                    Long.parseLong(matcher.group(2)));
        }
        return Optional.of(OffsetsInitializer.offsets(offsets));
    }

    private Optional<CsvHeader> header(Format format) {
        if (format == Format.JSON) {
            if (options.isSet(SOURCE_CSV_COLUMNS)) {
                options.problem("source.csv.columns must not be set where source.format is json.");
            }
            return Optional.empty();
        }
        try {
            Optional<List<String>> columns =
                    options.required(
                            SOURCE_CSV_COLUMNS, "the columns in order: a message has no header");
            return columns.isEmpty() ? Optional.empty() : Optional.of(CsvHeader.of(columns.get()));
        } catch (RefusedLineException e) {
            options.problem("source.csv.columns is wrong. " + e.getMessage());
            return Optional.empty();
        }
    }
}
