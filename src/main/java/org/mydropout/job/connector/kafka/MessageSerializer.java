package org.mydropout.job.connector.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.annotation.Nullable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.mydropout.job.text.MessageMetadata;
import org.mydropout.job.text.RecordEncoder;

/**
 * Makes a message of every value: its line, with the key and headers of its input and the timestamp
 * of Flink's stream record. A record that did not come from a message gets no key, and the time of
 * writing.
 */
final class MessageSerializer<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final RecordEncoder<T> encoder;

    MessageSerializer(String topic, RecordEncoder<T> encoder) {
        this.topic = topic;
        this.encoder = encoder;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T value, KafkaSinkContext context, @Nullable Long timestamp) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            encoder.encode(value, line);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing bytes in memory failed.", e);
        }
        RecordHeaders headers = new RecordHeaders();
        MessageMetadata envelope = encoder.metadata(value);
        if (envelope != null) {
            for (int i = 0; i < envelope.headerNames().length; i++) {
                headers.add(envelope.headerNames()[i], envelope.headerValues()[i]);
            }
        }
        return new ProducerRecord<>(
                topic,
                null,
                timestamp == null || timestamp < 0 ? null : timestamp,
                envelope == null ? null : envelope.key(),
                line.toByteArray(),
                headers);
    }
}
