package org.mydropout.job.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.mydropout.job.record.MessageEnvelope;
import org.mydropout.job.record.SourceLine;

/**
 * Makes a line of every message, those without a value as well. The timestamp goes on as that of
 * Flink's stream record.
 */
final class MessageDeserializer implements KafkaRecordDeserializationSchema<SourceLine> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceLine> out) {
        byte[] value = message.value();
        out.collect(
                new SourceLine(
                        value,
                        value == null ? 0 : value.length,
                        message.topic() + "-" + message.partition(),
                        message.offset(),
                        envelope(message)));
    }

    private static MessageEnvelope envelope(ConsumerRecord<byte[], byte[]> message) {
        Header[] headers = message.headers().toArray();
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key();
            values[i] = headers[i].value();
        }
        return new MessageEnvelope(message.key(), names, values);
    }

    @Override
    public TypeInformation<SourceLine> getProducedType() {
        return TypeInformation.of(SourceLine.class);
    }
}
