package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link Threefry2x32}. */
class Threefry2x32Test {

    /** Random123 1.14.0, tests/kat_vectors, "threefry2x32 20". */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 6b20015999ba4efe",
        "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fcbb002be7",
        "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c483df7a0",
    })
    void hashesAsRandom123(String k0, String k1, String c0, String c1, String expected) {
        assertThat(Threefry2x32.hash(word(k0), word(k1), word(c0), word(c1)))
                .isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    private static int word(String hexadecimal) {
        return Integer.parseUnsignedInt(hexadecimal, 16);
    }

    static Stream<JsonNode> hashesAsJax() {
        return GoldenVectors.rows("primitives.json", "threefry2x32_20");
    }

    @ParameterizedTest
    @MethodSource
    void hashesAsJax(JsonNode row) {
        PrngKey key = GoldenVectors.key(row.required("key"));
        PrngKey counter = GoldenVectors.key(row.required("ctr"));
        PrngKey expected = GoldenVectors.key(row.required("out"));
        long hash = Threefry2x32.hash(key.word0(), key.word1(), counter.word0(), counter.word1());
        assertThat(new PrngKey((int) (hash >>> 32), (int) hash)).isEqualTo(expected);
    }
}
