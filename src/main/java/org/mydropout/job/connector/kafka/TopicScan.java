package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginnings to their current ends, in this thread. */
final class TopicScan {

    private static final Duration POLL = Duration.ofSeconds(1);

    private TopicScan() {}

    /**
     * Reads the committed messages. Waits for open transactions, because brokers finish a commit
     * only after they have acknowledged it.
     *
     * @param properties the properties of the consumer
     * @param what the message that is waited for, as the beginning of a sentence
     * @param topics the topics to read
     * @param goesOn receives each message; returns false to stop
     * @throws IOException if a topic cannot be read, or no message arrives in time
     */
    static void scan(
            ClientProperties properties,
            String what,
            Function<KafkaConsumer<byte[], byte[]>, List<PartitionInfo>> topics,
            Predicate<ConsumerRecord<byte[], byte[]>> goesOn)
            throws IOException, InterruptedException {
        Duration timeout = properties.timeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(properties.toProperties());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                properties.toProperties(),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    topics.apply(consumer).stream()
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
                    if (!goesOn.test(message)) {
                        return;
                    }
                }
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "%s at %s must come within %d ms, but did not."
                            .formatted(what, properties.servers(), timeout.toMillis()),
                    e);
        } catch (KafkaException e) {
            throw new IOException(
                    "%s at %s must come, but did not: %s"
                            .formatted(what, properties.servers(), e.getMessage()),
                    e);
        }
    }

    /**
     * The ends of the partitions, including open transactions. A consumer of committed messages
     * would give the beginning of the first open transaction instead.
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
}
