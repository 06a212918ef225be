package org.mydropout.job.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Tests for {@link DeadLetterEncoder}. */
class DeadLetterEncoderTest {

    private static JsonNode encode(byte[] record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DeadLetterEncoder()
                .encode(
                        new DeadLetter(
                                DeadLetterReason.MALFORMED, "A \"sentence\".", record, "a.jsonl:3"),
                        out);
        assertThat(out.toString(UTF_8)).doesNotContain("\n");
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void keepsTheLineAsItCame() throws Exception {
        String line = "{\"é\":\t\"\\u0000\" 😀";

        JsonNode letter = encode(line.getBytes(UTF_8));

        assertThat(letter.fieldNames())
                .toIterable()
                .containsExactly("reason", "message", "record", "source");
        assertThat(letter.get("reason").textValue()).isEqualTo("MALFORMED");
        assertThat(letter.get("message").textValue()).isEqualTo("A \"sentence\".");
        assertThat(letter.get("record").textValue()).isEqualTo(line);
        assertThat(letter.get("source").textValue()).isEqualTo("a.jsonl:3");
    }

    @Test
    void keepsBytesThatAreNotUtf8() throws Exception {
        byte[] line = {'a', (byte) 0xFF, 0, 'b'};

        JsonNode letter = encode(line);

        assertThat(letter.get("record").textValue()).isEqualTo("a\uFFFD\0b");
        assertThat(letter.get("record-base64").binaryValue()).isEqualTo(line);
    }
}
