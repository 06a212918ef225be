package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.kernel.GoldenVectors.floats;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link JaxDistributions}. */
class JaxDistributionsTest {

    static Stream<Arguments> drawsFloatsAsJax() {
        return Stream.of("normal", "gumbel", "exponential")
                .flatMap(
                        draw ->
                                GoldenVectors.rows("draws.json", draw)
                                        .map(row -> Arguments.of(draw, row)));
    }

    @ParameterizedTest
    @MethodSource
    void drawsFloatsAsJax(String draw, JsonNode row) {
        assertThat(draw(draw, row)).isEqualTo(floats(row.required("f32")));
    }

    static Stream<JsonNode> drawsMillionsAsJax() {
        return GoldenVectors.rows("draws.json", "checksums");
    }

    @ParameterizedTest
    @MethodSource
    void drawsMillionsAsJax(JsonNode row) {
        float[] draws = draw(row.required("draw").asText(), row);
        ByteBuffer bytes =
                ByteBuffer.allocate(draws.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(draws);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        assertThat("%08x".formatted(checksum.getValue())).isEqualTo(row.required("crc32").asText());
    }

    static Stream<JsonNode> drawsCategoriesAsJax() {
        return GoldenVectors.rows("draws.json", "categorical");
    }

    @ParameterizedTest
    @MethodSource
    void drawsCategoriesAsJax(JsonNode row) {
        float[] logits = new float[n(row)];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = i * 7 % 5;
        }
        assertThat(JaxDistributions.categorical(key(row), logits, GoldenVectors.config(row)))
                .isEqualTo(row.required("index").asInt());
    }

    @Test
    void refusesLogitsWithoutAGreatestOne() {
        PrngKey key = PrngKey.of(0);
        assertThatThrownBy(
                        () ->
                                JaxDistributions.categorical(
                                        key, new float[] {1, Float.NaN}, JaxConfig.DEFAULT))
                .hasMessage(
                        "The elements must be numbers for one to be the greatest, but one is NaN.");
        assertThatThrownBy(() -> JaxDistributions.categorical(key, new float[0], JaxConfig.DEFAULT))
                .hasMessage("An array without elements has no greatest one.");
    }

    private static float[] draw(String draw, JsonNode row) {
        JaxConfig config = GoldenVectors.config(row);
        return switch (draw) {
            case "normal" -> JaxDistributions.normal(key(row), n(row), config);
            case "gumbel" -> JaxDistributions.gumbel(key(row), n(row), config);
            case "exponential" -> JaxDistributions.exponential(key(row), n(row), config);
            default -> throw new IllegalArgumentException(draw);
        };
    }

    private static PrngKey key(JsonNode row) {
        return PrngKey.of(row.required("seed").asLong());
    }

    private static int n(JsonNode row) {
        return row.required("n").asInt();
    }
}
