package org.mydropout.job.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.mydropout.job.record.WrittenLine;

/** Looks at a topic before a job reads it. */
final class FirstMessage {

    private static final Duration POLL = Duration.ofSeconds(1);

    private FirstMessage() {}

    /**
     * The value of a message that is among the first of a topic's partitions; empty if the topic
     * has no committed message with a value.
     *
     * @throws IOException if the topic cannot be read, or not in time
     */
    static Optional<WrittenLine> of(KafkaLineSink sink) throws IOException {
        long deadline = System.nanoTime() + Topics.DEADLINE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        sink.properties().ofConsumer().toProperties(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(sink.topic(), Topics.DEADLINE).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Topics.DEADLINE);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p, Topics.DEADLINE) < ends.get(p))) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "Its first message must come within %d s, but did not."
                                    .formatted(Topics.DEADLINE.toSeconds()));
                }
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    if (message.value() != null) {
                        return Optional.of(line(message));
                    }
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static WrittenLine line(ConsumerRecord<byte[], byte[]> message) {
        return new WrittenLine(
                message.value(), message.timestampType() == TimestampType.CREATE_TIME);
    }
}
