package org.mydropout.job.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka broker, and what tests do with its topics. */
public abstract class Broker {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** The address of the broker for clients. */
    public abstract String servers();

    /** Creates a topic. */
    public void create(String topic, int partitions) throws Exception {
        create(topic, partitions, Map.of());
    }

    /** Creates a topic with a configuration. */
    public void create(String topic, int partitions, Map<String, String> config) throws Exception {
        try (Admin admin = Admin.create(clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
                    .all()
                    .get();
        }
    }

    /** Deletes a topic. */
    public void delete(String topic) throws Exception {
        try (Admin admin = Admin.create(clientProperties())) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /** Writes messages and waits until all are acknowledged. */
    public void send(List<ProducerRecord<byte[], byte[]>> messages) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = messages.stream().map(producer::send).toList();
            for (Future<RecordMetadata> message : sent) {
                message.get();
            }
        }
    }

    /** Commits the offset of a consumer group in a partition. */
    public void commit(String group, String topic, int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(clientProperties())) {
            admin.alterConsumerGroupOffsets(
                            group,
                            Map.of(
                                    new TopicPartition(topic, partition),
                                    new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    /** All committed messages of a topic. Waits for open transactions. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        try (Admin admin = Admin.create(clientProperties());
                KafkaConsumer<byte[], byte[]> consumer = consumer(topic, "read_committed")) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return read(consumer, ends);
        }
    }

    /**
     * The messages of a topic that are visible now. Recently committed messages may be missing,
     * because brokers finish a commit only after they have acknowledged it.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    public List<ConsumerRecord<byte[], byte[]>> peek(String topic, String isolation) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic, isolation)) {
            return read(consumer, consumer.endOffsets(consumer.assignment()));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (ends.keySet().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not read to the end after " + DEADLINE + ": " + ends);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
        }
        return Collections.unmodifiableList(messages);
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic, String isolation) {
        Map<String, Object> properties = clientProperties();
        properties.put("isolation.level", isolation);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Map<String, Object> clientProperties() {
        return new HashMap<>(Map.of("bootstrap.servers", servers()));
    }
}
