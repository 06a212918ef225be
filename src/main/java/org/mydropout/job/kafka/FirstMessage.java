package org.mydropout.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at a topic before a job reads it. */
public final class FirstMessage {

    private static final Duration POLL = Duration.ofSeconds(1);

    private FirstMessage() {}

    /**
     * The value of a message that is among the first of a topic's partitions; empty if the topic
     * has no committed message.
     *
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    public static Optional<byte[]> value(KafkaLineSink sink) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        sink.properties().ofConsumer().toProperties(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(sink.topic()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    if (message.value() != null) {
                        return Optional.of(message.value());
                    }
                }
            }
            return Optional.empty();
        }
    }
}
