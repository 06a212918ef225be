package org.mydropout.job.connector.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.mydropout.job.text.MessageMetadata;
import org.mydropout.job.text.SourceRecord;

/**
 * Makes a line of every message, including those without a value. The message's timestamp becomes
 * the timestamp of Flink's stream record.
 */
final class MessageDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceRecord> out) {
        out.collect(line(message));
    }

    /** The line of a message. */
    static SourceRecord line(ConsumerRecord<byte[], byte[]> message) {
        byte[] value = message.value();
        return new SourceRecord(
                value,
                value == null ? 0 : value.length,
                message.topic() + "-" + message.partition(),
                message.offset(),
                envelope(message));
    }

    private static MessageMetadata envelope(ConsumerRecord<byte[], byte[]> message) {
        Header[] headers = message.headers().toArray();
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key();
            values[i] = headers[i].value();
        }
        return new MessageMetadata(message.key(), names, values);
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }
}
