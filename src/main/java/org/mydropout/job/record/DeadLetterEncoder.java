package org.mydropout.job.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a dead letter as a JSON object of {@code reason}, {@code message}, {@code record} and
 * {@code source}. Bytes that are not UTF-8 show as U+FFFD in {@code record}; the line then stands
 * as it came in a further field, {@code record-base64}.
 */
public final class DeadLetterEncoder implements LineEncoder<DeadLetter> {
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
            json.writeStringField("record", new String(letter.record(), StandardCharsets.UTF_8));
            json.writeStringField("source", letter.source());
            if (!Utf8.isValid(letter.record())) {
                json.writeBinaryField("record-base64", letter.record());
            }
            json.writeEndObject();
        }
    }
}
