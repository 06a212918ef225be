package org.mydropout.job.connector.kafka;

import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_CSV_COLUMNS;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_DISCOVERY_INTERVAL;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_TOPIC;
import static org.mydropout.job.connector.kafka.KafkaOptions.SOURCE_TOPIC_PATTERN;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.TextFormat;

/** Reads the {@code source.*} options of the connector {@code kafka}. */
final class KafkaSourceReader {

    private final OptionReader options;

    KafkaSourceReader(OptionReader options) {
        this.options = options;
    }

    /** The source; empty if there is a problem. */
    Optional<KafkaRecordSource> read(Optional<TextFormat> format) {
        List<String> topics = options.optional(SOURCE_TOPIC, "a list of topics").orElse(List.of());
        checkTopics(topics);
        Optional<Pattern> pattern = pattern();
        if (options.isSet(SOURCE_TOPIC) == options.isSet(SOURCE_TOPIC_PATTERN)) {
            options.problem("Either source.topic or source.topic-pattern must be set.");
        }
        ClientProperties properties = properties();
        Optional<TopicRange> range = new KafkaRangeReader(options, topics, properties).read();
        Optional<CsvHeader> header = format.flatMap(this::header);
        if (format.isEmpty() || range.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new KafkaRecordSource(
                        topics, pattern, properties, range.get(), format.get(), header));
    }

    private void checkTopics(List<String> topics) {
        if (topics.isEmpty() && options.isSet(SOURCE_TOPIC)) {
            options.problem("source.topic must be a topic, or several, but is empty.");
        }
        topics.forEach(topic -> TopicCheck.checkName(options, SOURCE_TOPIC, topic));
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
        ClientProperties given = ClientProperties.of(options.toMap(), "source");
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

    private Optional<CsvHeader> header(TextFormat format) {
        Optional<CsvDialect> dialect = CsvOptions.dialect(options, format);
        if (format == TextFormat.JSON) {
            if (options.isSet(SOURCE_CSV_COLUMNS)) {
                options.problem("source.csv.columns must not be set where source.format is json.");
            }
            return Optional.empty();
        }
        try {
            Optional<List<String>> columns =
                    options.required(
                            SOURCE_CSV_COLUMNS, "the columns in order: a message has no header");
            return columns.isEmpty() || dialect.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CsvHeader.of(columns.get(), dialect.get()));
        } catch (RefusedLineException e) {
            options.problem("source.csv.columns is wrong. " + e.getMessage());
            return Optional.empty();
        }
    }
}
