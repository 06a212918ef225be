package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.mydropout.job.connector.WrittenRecord;

/**
 * Finds a message of a topic before a job reads the topic. Flink's Kafka source would need a job
 * for that, so this class uses Kafka's consumer.
 */
final class FirstMessage {

    private FirstMessage() {}

    /**
     * One of the first committed messages of the topic's partitions whose value passes the test;
     * empty if there is none. Waits for open transactions, because brokers finish a commit only
     * after they have acknowledged it.
     *
     * @throws IOException if the topic cannot be read, or no message arrives in time
     */
    static Optional<WrittenRecord> of(KafkaRecordSink sink, Predicate<byte[]> test)
            throws IOException, InterruptedException {
        AtomicReference<WrittenRecord> first = new AtomicReference<>();
        TopicScan.scan(
                sink.properties().ofConsumer(),
                "The first message of topic " + sink.topic(),
                consumer -> consumer.partitionsFor(sink.topic(), sink.properties().timeout()),
                message -> {
                    if (message.value() != null && test.test(message.value())) {
                        first.set(line(message));
                    }
                    return first.get() == null;
                });
        return Optional.ofNullable(first.get());
    }

    private static WrittenRecord line(ConsumerRecord<byte[], byte[]> message) {
        return new WrittenRecord(
                message.value(), message.timestampType() == TimestampType.CREATE_TIME);
    }
}
