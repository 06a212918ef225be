package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;

/**
 * Writes a dead letter as a JSON object with {@code reason}, {@code message}, {@code record} and
 * {@code source}, and with {@code key} if the message had one. {@code record} is null for a message
 * without a value. Bytes that are not UTF-8 become U+FFFD in {@code record} and {@code key}; a
 * further field, {@code record-base64} or {@code key-base64}, then has the unchanged bytes.
 */
public final class DeadLetterEncoder implements RecordEncoder<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    @Override
    public void encode(DeadLetter letter, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("reason", letter.reason().name());
            json.writeStringField("message", letter.message());
            write(json, "record", letter.record());
            json.writeStringField("source", letter.source());
            writeExactly(json, "record-base64", letter.record());
            if (letter.envelope() != null && letter.envelope().key() != null) {
                write(json, "key", letter.envelope().key());
                writeExactly(json, "key-base64", letter.envelope().key());
            }
            json.writeEndObject();
        }
    }

    @Nullable
    @Override
    public MessageMetadata metadata(DeadLetter letter) {
        return letter.envelope();
    }

    private static void write(JsonGenerator json, String field, @Nullable byte[] text)
            throws IOException {
        json.writeStringField(
                field, text == null ? null : new String(text, StandardCharsets.UTF_8));
    }

    private static void writeExactly(JsonGenerator json, String field, @Nullable byte[] text)
            throws IOException {
        if (text != null && !Utf8.isValid(text)) {
            json.writeBinaryField(field, text);
        }
    }
}
