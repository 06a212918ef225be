package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.mydropout.job.connector.WrittenRecord;

/**
 * Looks at a topic before a job reads it. Flink's Kafka source would need a job for one message, so
 * Kafka's own consumer reads it.
 */
final class FirstMessage {

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
