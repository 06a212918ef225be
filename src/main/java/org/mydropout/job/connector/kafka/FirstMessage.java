package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.mydropout.job.connector.WrittenRecord;

/** Looks at a topic before a job reads it. */
final class FirstMessage {

    private static final Duration POLL = Duration.ofSeconds(1);

    private FirstMessage() {}

    /**
     * A message that is among the first of a topic's partitions whose value a test accepts; empty
     * if the topic has no such committed message. A transaction that is open is waited for: brokers
     * end one after they have answered that they will.
     *
     * @throws IOException if the topic cannot be read, or no message comes in time
     */
    static Optional<WrittenRecord> of(KafkaRecordSink sink, Predicate<byte[]> test)
            throws IOException, InterruptedException {
        Duration timeout = sink.properties().timeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(sink.properties().toProperties());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                sink.properties().ofConsumer().toProperties(),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(sink.topic(), timeout).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin, partitions, timeout);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p, timeout) < ends.get(p).offset())) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("No message came.");
                }
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    deadline = System.nanoTime() + timeout.toNanos();
                    if (message.value() != null && test.test(message.value())) {
                        return Optional.of(line(message));
                    }
                }
            }
            return Optional.empty();
        } catch (TimeoutException e) {
            throw new IOException(
                    "The first message of topic %s at %s must come within %d ms, but did not."
                            .formatted(
                                    sink.topic(), sink.properties().servers(), timeout.toMillis()),
                    e);
        } catch (KafkaException e) {
            throw new IOException(
                    "The first message of topic %s at %s must come, but did not: %s"
                            .formatted(sink.topic(), sink.properties().servers(), e.getMessage()),
                    e);
        }
    }

    /**
     * Where partitions end; a consumer of committed messages says where open transactions begin.
     */
    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, List<TopicPartition> partitions, Duration timeout)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
        ListOffsetsOptions options = new ListOffsetsOptions();
        options.timeoutMs(Math.toIntExact(timeout.toMillis()));
        return Topics.get(admin.listOffsets(latest, options).all());
    }

    private static WrittenRecord line(ConsumerRecord<byte[], byte[]> message) {
        return new WrittenRecord(
                message.value(), message.timestampType() == TimestampType.CREATE_TIME);
    }
}
