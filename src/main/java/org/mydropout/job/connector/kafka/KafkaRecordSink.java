package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.WrittenRecord;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.TextFormat;

/**
 * A topic to which lines are written as the values of messages.
 *
 * @param topic the topic's name
 * @param properties the properties of the producer
 * @param guarantee the delivery guarantee
 * @param transactionalIdPrefix the beginning of the names of transactions, if there are any
 */
record KafkaRecordSink(
        String topic,
        ClientProperties properties,
        DeliveryGuarantee guarantee,
        Optional<String> transactionalIdPrefix)
        implements RecordSink {

    @Override
    public <T> Sink<T> sink(
            TextFormat format, Optional<CsvHeader> header, RecordEncoder<T> encoder) {
        KafkaSinkBuilder<T> builder =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(properties.toProperties())
                        .setDeliveryGuarantee(guarantee)
                        .setRecordSerializer(new MessageSerializer<>(topic, encoder));
        transactionalIdPrefix.ifPresent(builder::setTransactionalIdPrefix);
        return new FailFastKafkaSink<>(topic, builder.build());
    }

    @Override
    public RecordSource written(TextFormat format, Optional<CsvHeader> header) {
        return new KafkaRecordSource(
                List.of(topic),
                Optional.empty(),
                properties.ofConsumer(),
                TopicRange.from(OffsetsInitializer.earliest()).toLatest(),
                format,
                header);
    }

    @Override
    public Optional<WrittenRecord> first(Optional<CsvHeader> header, Predicate<byte[]> test)
            throws IOException, InterruptedException {
        return FirstMessage.of(this, test);
    }

    @Override
    public boolean writesMessages() {
        return true;
    }

    @Override
    public boolean needsCheckpoints() {
        return guarantee != DeliveryGuarantee.NONE;
    }

    /** Whether another sink writes to the same topic, at the same brokers' addresses. */
    boolean isSameTopic(KafkaRecordSink other) {
        return topic.equals(other.topic) && properties.areOfSameServers(other.properties);
    }

    @Override
    public String afterFailure() {
        return switch (guarantee) {
            case EXACTLY_ONCE -> "The output is whole";
            case AT_LEAST_ONCE -> "The output is whole, but may hold messages twice";
            case NONE -> "The output may lack messages, or hold some twice";
        };
    }

    /** The beginning of the names of the transactions; empty if there are none. */
    Optional<String> transactions() {
        return guarantee == DeliveryGuarantee.EXACTLY_ONCE
                ? transactionalIdPrefix
                : Optional.empty();
    }

    /** The timeout of a transaction; empty if there are none. */
    Optional<Duration> transactionTimeout() {
        return guarantee == DeliveryGuarantee.EXACTLY_ONCE
                ? Optional.of(
                        Duration.ofMillis(
                                Integer.parseInt(
                                        properties.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))))
                : Optional.empty();
    }

    /** A topic is a log: earlier messages stay. */
    @Override
    public EarlierOutput earlierOutput() {
        return EarlierOutput.NONE;
    }

    @Override
    public Optional<String> leftBehind(String prefix) {
        return Optional.of(
                "Topic %s keeps what was %s before the failure."
                        .formatted(topic, transactions().isPresent() ? "committed" : "sent"));
    }

    @Override
    public String description() {
        return "topic " + topic;
    }
}
