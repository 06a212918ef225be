package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextFormat;

/**
 * Topics whose message values are lines.
 *
 * @param topics the names of the topics; empty: {@code topicPattern} selects them
 * @param topicPattern a regular expression for the names of the topics
 * @param properties the properties of the consumer
 * @param range the range of offsets that is read
 * @param format the format of the values
 * @param header the columns of CSV values
 */
record KafkaRecordSource(
        List<String> topics,
        Optional<Pattern> topicPattern,
        ClientProperties properties,
        TopicRange range,
        TextFormat format,
        Optional<CsvHeader> header)
        implements RecordSource {

    @Override
    public String headerPlace() {
        return KafkaOptions.SOURCE_CSV_COLUMNS.key();
    }

    @Override
    public boolean readsMessages() {
        return true;
    }

    @Override
    public boolean isBounded() {
        return range.end().isPresent();
    }

    @Override
    public Source<SourceRecord, ?, ?> source() {
        KafkaSourceBuilder<SourceRecord> builder =
                KafkaSource.<SourceRecord>builder()
                        .setProperties(properties.toProperties())
                        .setStartingOffsets(range.start())
                        .setDeserializer(new MessageDeserializer());
        if (topicPattern.isPresent()) {
            builder.setTopicPattern(topicPattern.get());
        } else {
            builder.setTopics(topics);
        }
        range.end().ifPresent(builder::setBounded);
        return new WatchedKafkaSource(builder.build(), properties.toProperties());
    }

    /** Whether this source reads what a sink writes, at the same brokers' addresses. */
    boolean reads(KafkaRecordSink sink) {
        return properties.areOfSameServers(sink.properties())
                && (topics.contains(sink.topic())
                        || topicPattern
                                .filter(pattern -> pattern.matcher(sink.topic()).matches())
                                .isPresent());
    }

    @Override
    public void scan(Predicate<SourceRecord> goesOn) throws IOException, InterruptedException {
        TopicScan.scan(
                properties.ofConsumer(),
                "The next message of " + description(),
                this::partitions,
                message -> goesOn.test(MessageDeserializer.line(message)));
    }

    private List<PartitionInfo> partitions(KafkaConsumer<?, ?> consumer) {
        if (topicPattern.isEmpty()) {
            return topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic, properties.timeout()).stream())
                    .toList();
        }
        return consumer.listTopics(properties.timeout()).entrySet().stream()
                .filter(topic -> topicPattern.get().matcher(topic.getKey()).matches())
                .flatMap(topic -> topic.getValue().stream())
                .toList();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public RecordSource upToNow() {
        return isBounded()
                ? this
                : new KafkaRecordSource(
                        topics, topicPattern, properties, range.toLatest(), format, header);
    }

    @Override
    public Optional<String> laterLines() {
        return isBounded() && !range.endsAtLatest()
                ? Optional.empty()
                : Optional.of(
                        "What has come to %s since the job read it counts as missing; %s: specific-offsets leaves it out."
                                .formatted(description(), KafkaOptions.SOURCE_BOUNDED_MODE.key()));
    }

    @Override
    public String description() {
        return topicPattern
                .map(pattern -> "topics matching " + pattern)
                .orElse("topic " + String.join(", ", topics));
    }
}
