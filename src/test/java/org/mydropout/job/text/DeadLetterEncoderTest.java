package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Tests for {@link DeadLetterEncoder}. */
class DeadLetterEncoderTest {

    private static JsonNode encode(byte[] record, MessageMetadata envelope) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DeadLetterEncoder()
                .encode(
                        new DeadLetter(
                                DeadLetterReason.MALFORMED,
                                "A \"sentence\".",
                                record,
                                "a.jsonl:3",
                                envelope),
                        out);
        assertThat(out.toString(UTF_8)).doesNotContain("\n");
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void keepsTheLineAsItCame() throws Exception {
        String line = "{\"é\":\t\"\\u0000\" 😀";

        JsonNode letter = encode(line.getBytes(UTF_8), null);

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

        JsonNode letter = encode(line, null);

        assertThat(letter.get("record").textValue()).isEqualTo("a\uFFFD\0b");
        assertThat(letter.get("record-base64").binaryValue()).isEqualTo(line);
    }

    @Test
    void tellsTheKeyOfAMessageWithoutValue() throws Exception {
        byte[] key = {'k', (byte) 0xFF};

        JsonNode letter = encode(null, new MessageMetadata(key, new String[0], new byte[0][]));

        assertThat(letter.get("record").isNull()).isTrue();
        assertThat(letter.has("record-base64")).isFalse();
        assertThat(letter.get("key").textValue()).isEqualTo("k\uFFFD");
        assertThat(letter.get("key-base64").binaryValue()).isEqualTo(key);
    }
}
