package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for layers on other types than float32. */
class TypedLayersTest {

    private static final int N = 1 << 16;

    private static final JaxConfig X64 = new JaxConfig(true, true);

    static Stream<JsonNode> equalsThePrintedPythonInJax() {
        return GoldenVectors.rows("dtypes.json", "dtypes");
    }

    /** Every value of a 16-bit type, and as many float64 numbers. */
    @ParameterizedTest
    @MethodSource
    void equalsThePrintedPythonInJax(JsonNode row) {
        FloatType type = FloatType.valueOf(row.required("dtype").asText().toUpperCase(Locale.ROOT));
        Layer layer =
                LayerType.named(row.required("layer").asText())
                        .orElseThrow()
                        .create(
                                GoldenLayers.values(row.required("values")),
                                GoldenVectors.config(row));
        PrngKey key = GoldenLayers.key(layer, row.required("seed").asLong());
        double[] x = values(type);
        double[] y = layer.apply(key, x, Shape.vector(N), type);
        assertThat(x).isEqualTo(values(type));
        ByteBuffer bytes =
                ByteBuffer.allocate(N * type.width() / Byte.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : y) {
            if (type == FloatType.FLOAT64) {
                bytes.putLong(type.bits(value));
            } else {
                bytes.putShort((short) type.bits(value));
            }
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes.flip());
        assertThat("%08x".formatted(checksum.getValue())).isEqualTo(row.required("crc32").asText());
    }

    private static double[] values(FloatType type) {
        double[] values = new double[N];
        for (int i = 0; i < N; i++) {
            long word = i * 0x9E37_79B1L & 0xFFFF_FFFFL;
            long second = (i + N) * 0x9E37_79B1L & 0xFFFF_FFFFL;
            values[i] = type.value(type == FloatType.FLOAT64 ? word << 32 | second : i);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void givesEveryValueItsBits(FloatType type) {
        for (int bits = 0; bits < N; bits++) {
            double value = type.value(bits);
            assertThat(type.has(value)).isTrue();
            if (!Double.isNaN(value)) {
                assertThat(type.bits(value)).isEqualTo(bits);
            }
        }
    }

    @Test
    void roundsToTheNearestAndTiesToEven() {
        assertThat(FloatType.FLOAT16.nearest(65519.99)).isEqualTo(65504);
        assertThat(FloatType.FLOAT16.nearest(65520)).isInfinite();
        assertThat(FloatType.FLOAT16.nearest(1 + 0x1p-11)).isEqualTo(1);
        assertThat(FloatType.FLOAT16.nearest(1 + 0x3p-11)).isEqualTo(1 + 0x1p-9);
        assertThat(FloatType.FLOAT16.nearest(0x1p-25)).isZero();
        assertThat(FloatType.FLOAT16.nearest(0x1.01p-25)).isEqualTo(0x1p-24);
        assertThat(FloatType.BFLOAT16.nearest(1 + 0x1p-8)).isEqualTo(1);
        assertThat(FloatType.BFLOAT16.nearest(1 + 0x3p-8)).isEqualTo(1 + 0x1p-6);
        assertThat(FloatType.BFLOAT16.nearest(-3.4e38)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(FloatType.FLOAT64.nearest(0.1)).isEqualTo(0.1);
    }

    @Test
    void refusesWhatHasNoKnownBits() {
        PrngKey key = PrngKey.of(0);
        double[] x = {1};
        Shape one = Shape.vector(1);
        Layer dropout = Dropout.TYPE.create(Map.of("rate", 0.5), JaxConfig.DEFAULT);
        assertThatThrownBy(() -> dropout.apply(key, x, one, FloatType.FLOAT64))
                .hasMessage("x64 must be true where the elements are float64, but is false.");
        assertThatThrownBy(() -> dropout.apply(key, new double[] {0.1}, one, FloatType.BFLOAT16))
                .hasMessage("An element must be a value of the type bfloat16, but is 0.1.");
        assertThatThrownBy(
                        () ->
                                new StochasticDepth(0.5, StochasticDepth.Form.FLOOR, X64)
                                        .apply(key, x, one, FloatType.FLOAT64))
                .hasMessage(
                        "form must be 'select' or 'scenic' where the elements are float64, but is 'floor'.");
        assertThatThrownBy(() -> new GaussianNoise(1, X64).apply(key, x, one, FloatType.FLOAT16))
                .hasMessage(
                        "The type of the elements of GaussianNoise must be float32, but is float16.");
    }
}
