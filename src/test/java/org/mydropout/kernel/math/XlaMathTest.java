package org.mydropout.kernel.math;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link XlaMath}. {@link EveryFloat} compares all arguments. */
class XlaMathTest {

    @ParameterizedTest
    @EnumSource
    void equalsJax(FloatFunction function) {
        List<JsonNode> rows =
                GoldenVectors.rows("math.json", function.goldenName)
                        .filter(row -> bits(function.apply(x(row))) != bits(y(row)))
                        .toList();
        assertThat(rows).isEmpty();
    }

    /** Chunks of magnitudes around 1. Each checksum covers 16777216 results. */
    @ParameterizedTest
    @CsvSource({"LOG, 63", "LOG1P, 62", "LOG1P, 190", "EXP, 65", "EXP, 194", "ERF_INV, 63"})
    void equalsJaxOnAWholeChunk(FloatFunction function, int chunk) {
        assertThat(FloatChecksum.of(function, chunk))
                .isEqualTo(FloatChecksum.expected(function, chunk));
    }

    /** Results that have fewer than 24 bits before they are rounded, from hexadecimal floats. */
    @ParameterizedTest
    @CsvSource({
        "0x1.fffffep-1, 0x1p-126, 0x0p0",
        "0x1.fffffep-64, 0x1.000002p-63, 0x1p-126",
        "-0x1p-100, 0x1p-40, -0x0p0",
        "0x1p-127, 0x1p100, 0x0p0",
        "-0x1p-127, 0x1p100, -0x0p0",
        "0x1p-63, 0x1.8p-63, 0x1.8p-126",
    })
    void flushesProductsThatAreSubnormalAfterRounding(String a, String b, String product) {
        assertThat(bits(XlaMath.multiply(Float.parseFloat(a), Float.parseFloat(b))))
                .isEqualTo(bits(Float.parseFloat(product)));
        assertThat(XlaMath.fma(Float.parseFloat(a), Float.parseFloat(b), 0))
                .isEqualTo(Float.parseFloat(product));
    }

    private static float x(JsonNode row) {
        return GoldenVectors.number(row.required("x"));
    }

    private static float y(JsonNode row) {
        return GoldenVectors.number(row.required("y"));
    }

    private static int bits(float number) {
        return Float.floatToIntBits(number);
    }
}
