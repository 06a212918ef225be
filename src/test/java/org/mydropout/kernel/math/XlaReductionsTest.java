package org.mydropout.kernel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.kernel.GoldenVectors.bits;
import static org.mydropout.kernel.GoldenVectors.floats;
import static org.mydropout.kernel.GoldenVectors.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link XlaReductions}. */
class XlaReductionsTest {

    static Stream<JsonNode> equalsJax() {
        return GoldenVectors.rows("math.json", "reductions");
    }

    @ParameterizedTest
    @MethodSource
    void equalsJax(JsonNode row) {
        float[] x = floats(row.required("x"));
        assertThat(XlaReductions.sum(x)).isEqualTo(number(row.required("sum").get(0)));
        assertThat(XlaReductions.logSumExp(x)).isEqualTo(number(row.required("logsumexp").get(0)));
        assertThat(bits(XlaReductions.cumsum(x))).isEqualTo(bits(floats(row.required("cumsum"))));
        assertThat(bits(XlaReductions.softmax(x))).isEqualTo(bits(floats(row.required("softmax"))));
        assertThat(bits(XlaReductions.logSoftmax(x)))
                .isEqualTo(bits(floats(row.required("log_softmax"))));
    }

    static Stream<JsonNode> addsLongArraysAsJax() {
        return GoldenVectors.rows("math.json", "long_cumsum");
    }

    @ParameterizedTest
    @MethodSource
    void addsLongArraysAsJax(JsonNode row) {
        int n = row.required("n").asInt();
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i * 0x9E37_79B1 ^ 0x8000_0000) * 0x1p-31f;
        }
        assertThat(XlaReductions.cumsum(x)[n - 1]).isEqualTo(number(row.required("last")));
    }

    @Test
    void addsNothingToZero() {
        assertThat(XlaReductions.sum(new float[0])).isZero();
        assertThat(XlaReductions.cumsum(new float[0])).isEmpty();
    }

    @Test
    void refusesSumsWhoseOrderXlaDoesNotDecide() {
        assertThatThrownBy(() -> XlaReductions.sum(new float[XlaReductions.SUMMABLE]))
                .hasMessage(
                        "A sum must have fewer than 4096 elements for its bits to be known, but has 4096.");
    }
}
