package org.mydropout.job.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.DeadLetter;
import org.mydropout.job.text.DeadLetterEncoder;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextFormat;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.TextRecordEncoder;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/**
 * Property tests for {@link MessageDeserializer} and {@link MessageSerializer}, and for the steps
 * between them, with untrusted messages.
 */
class MessageFuzzTest {

    /** Allows for buffers, and for each byte of value, key and headers. */
    private static final Untrusted DECODER =
            new Untrusted(RefusedLineException.class, 32 << 10, 32);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final RecordSchema SCHEMA =
            new RecordSchema(
                    "id",
                    IdType.UINT32,
                    "step",
                    StepType.UINT32,
                    StepField.READ,
                    "features",
                    FeaturesEncoding.ARRAY,
                    null,
                    null);

    @Provide
    Arbitrary<ConsumerRecord<byte[], byte[]>> messages() {
        Arbitrary<byte[]> bytes = Bytes.any(40).injectNull(0.2);
        Arbitrary<byte[]> values =
                Arbitraries.oneOf(
                        bytes,
                        Bytes.damaged(utf8("{\"id\":7,\"step\":3,\"features\":[1.5,-0.0]}")),
                        Bytes.damaged(utf8("7,3,1.5;-0.0")));
        Arbitrary<List<Header>> headers =
                Combinators.combine(Arbitraries.strings().ofMaxLength(8), bytes)
                        .as((name, value) -> (Header) new RecordHeader(name, value))
                        .list()
                        .ofMaxSize(4);
        return Combinators.combine(bytes, values, headers, Arbitraries.longs())
                .as(MessageFuzzTest::message);
    }

    private static ConsumerRecord<byte[], byte[]> message(
            byte[] key, byte[] value, List<Header> headers, long timestamp) {
        return new ConsumerRecord<>(
                "topic",
                3,
                42,
                timestamp,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    /** Every message becomes a record, or a dead letter with a reason. */
    @Property
    void messageGoesOnInItsEnvelope(
            @ForAll("messages") ConsumerRecord<byte[], byte[]> message, @ForAll TextFormat format)
            throws Exception {
        SourceRecord line = sent(SourceRecord.class, line(message));
        assertThat(line.text()).isEqualTo(message.value());
        assertThat(line.source()).isEqualTo("topic-3:42");
        CsvHeader header =
                format == TextFormat.CSV
                        ? CsvHeader.of(List.of("id", "step", "features"), CsvDialect.DEFAULT)
                        : null;

        Optional<TextRecord> record =
                DECODER.decode(size(message), () -> RecordDecoder.of(SCHEMA, header).decode(line));

        if (record.isPresent()) {
            TextRecord arrived = sent(TextRecord.class, record.get());
            assertThat(arrived.vector()).isEqualTo(record.get().vector());
            assertSameEnvelope(
                    written(arrived, new TextRecordEncoder(FeaturesEncoding.ARRAY), message),
                    message);
        } else {
            assertDeadLetter(line, message, header);
        }
    }

    private static void assertDeadLetter(
            SourceRecord line, ConsumerRecord<byte[], byte[]> message, CsvHeader header)
            throws IOException {
        DeadLetter letter = null;
        try {
            RecordDecoder.of(SCHEMA, header).decode(line);
        } catch (RefusedLineException e) {
            letter = sent(DeadLetter.class, DeadLetter.of(line, e));
        }
        ProducerRecord<byte[], byte[]> written = written(letter, new DeadLetterEncoder(), message);
        assertSameEnvelope(written, message);
        JsonNode json = JSON.readTree(written.value());
        assertThat(json.get("message").asText()).isNotBlank();
        assertThat(bytes(json, "record")).isEqualTo(message.value());
        assertThat(bytes(json, "key")).isEqualTo(message.key());
    }

    /** The bytes of a field, from its base64 if it is not UTF-8. */
    private static byte[] bytes(JsonNode json, String field) throws IOException {
        if (json.has(field + "-base64")) {
            return json.get(field + "-base64").binaryValue();
        }
        return json.path(field).isTextual() ? utf8(json.get(field).asText()) : null;
    }

    private static SourceRecord line(ConsumerRecord<byte[], byte[]> message) {
        List<SourceRecord> lines = new ArrayList<>();
        new MessageDeserializer().deserialize(message, new ListCollector<>(lines));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static <T> ProducerRecord<byte[], byte[]> written(
            T value, RecordEncoder<T> encoder, ConsumerRecord<byte[], byte[]> message) {
        return new MessageSerializer<>("out", encoder).serialize(value, null, message.timestamp());
    }

    private static void assertSameEnvelope(
            ProducerRecord<byte[], byte[]> written, ConsumerRecord<byte[], byte[]> message) {
        assertThat(written.key()).isEqualTo(message.key());
        assertThat(written.headers().toArray()).isEqualTo(message.headers().toArray());
        assertThat(written.timestamp())
                .isEqualTo(message.timestamp() < 0 ? null : (Long) message.timestamp());
    }

    /** The value as the next operator receives it. */
    private static <T> T sent(Class<T> type, T value) throws IOException {
        TypeSerializer<T> serializer =
                TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer target = new DataOutputSerializer(64);
        serializer.serialize(value, target);
        return serializer.deserialize(new DataInputDeserializer(target.getCopyOfBuffer()));
    }

    private static long size(ConsumerRecord<byte[], byte[]> message) {
        return message.value() == null ? 0 : message.value().length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
