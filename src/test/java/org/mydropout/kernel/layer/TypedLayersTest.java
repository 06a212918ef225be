package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
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
        TypedLayer layer =
                (TypedLayer)
                        LayerType.named(row.required("layer").asText())
                                .orElseThrow()
                                .create(
                                        GoldenLayers.values(row.required("values")),
                                        GoldenVectors.config(row));
        PrngKey key = GoldenLayers.key(layer, row.required("seed").asLong());
        double[] x = values(type);
        double[] y = layer.apply(key, x, Shape.vector(N), type).values();
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
        Dropout dropout = new Dropout(0.5, new int[0], JaxConfig.DEFAULT);
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
        KeyedTransform noise =
                transform(List.of(KeyedLayer.raw(new GaussianNoise(1, JaxConfig.DEFAULT))));
        assertThatThrownBy(() -> noise.typed(FloatType.FLOAT16))
                .hasMessage(
                        "The type of the elements of GaussianNoise must be float32, but is float16.");
    }

    private static KeyedTransform transform(List<KeyedLayer> layers) {
        return new KeyedTransform(
                new RecordKeys(PrngKey.of(42), IdType.UINT32, StepType.UINT32), layers);
    }

    /** Whatever XLA's way, all four ways of MyDropout keep and drop the same elements. */
    @ParameterizedTest
    @EnumSource
    void scalesAndFlushesAsAsked(FloatType type) {
        double subnormal = type.value(1);
        double[] x = {3, subnormal, -3, subnormal};
        PrngKey key = PrngKey.of(1);
        for (MyDropout.Scaling scaling : MyDropout.Scaling.values()) {
            for (MyDropout.Subnormals subnormals : MyDropout.Subnormals.values()) {
                MyDropout layer = new MyDropout(0.3, scaling, subnormals, X64);
                TypedOutput out = layer.apply(key, x, Shape.vector(4), type);
                boolean flushes =
                        subnormals == MyDropout.Subnormals.FLUSH && type != FloatType.FLOAT16;
                double keep = TypedArrays.ofPythonFloat(0.7, type);
                for (int i = 0; i < x.length; i++) {
                    if (!layer.draws(key, Shape.vector(4)).keeps(i)) {
                        assertThat(out.values()[i]).isZero();
                    } else if (x[i] == subnormal) {
                        assertThat(out.values()[i]).isEqualTo(flushes ? 0 : subnormal);
                    } else {
                        assertThat(out.values()[i])
                                .isEqualTo(
                                        scaling == MyDropout.Scaling.DIVIDE
                                                ? type.nearest(x[i] / keep)
                                                : type.divide(x[i], keep));
                    }
                }
                assertThat(out.dropped())
                        .isEqualTo(layer.apply(key, new float[4], Shape.vector(4)).dropped());
            }
        }
    }

    /** {@code [float(jnp.array([v], jnp.bfloat16)[0]) for v in ...]} */
    @Test
    void takesAPythonFloatAsJaxDoes() {
        double aboveMiddle = 1 + 0x1p-8 + 0x1p-30;
        assertThat(TypedArrays.ofPythonFloat(aboveMiddle, FloatType.BFLOAT16)).isEqualTo(1);
        assertThat(FloatType.BFLOAT16.nearest(aboveMiddle)).isEqualTo(1 + 0x1p-7);
        assertThat(TypedArrays.ofPythonFloat(1 + 0x1p-11 + 0x1p-50, FloatType.FLOAT16))
                .isEqualTo(1 + 0x1p-10);
        assertThat(TypedArrays.ofPythonFloat(0.1, FloatType.FLOAT64)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @EnumSource
    void sharesTheDrawsOfFloat32(FloatType type) {
        Shape shape = Shape.of(3, 4, 5);
        float[] ones = new float[shape.size()];
        double[] x = new double[shape.size()];
        Arrays.fill(ones, 1);
        Arrays.fill(x, 1);
        Dropout layer = new Dropout(0.4, new int[] {0, 2}, X64);
        LayerOutput expected = layer.apply(PrngKey.of(3), ones, shape);
        TypedOutput found = layer.apply(PrngKey.of(3), x, shape, type);
        for (int i = 0; i < x.length; i++) {
            assertThat(found.values()[i] == 0).isEqualTo(expected.values()[i] == 0);
        }
        assertThat(found.dropped()).isEqualTo(expected.dropped()).isPositive();
    }

    @Test
    void appliesLayersOneAfterTheOther() {
        ModulePath first = new ModulePath(List.of("MyDropout_0"), false);
        ModulePath second = new ModulePath(List.of("StochasticDepth_0"), false);
        Dropout dropout = new Dropout(0.5, new int[0], JaxConfig.DEFAULT);
        StochasticDepth depth =
                new StochasticDepth(0.5, StochasticDepth.Form.SELECT, JaxConfig.DEFAULT);
        TypedTransform transform =
                transform(List.of(KeyedLayer.at(first, dropout), KeyedLayer.at(second, depth)))
                        .typed(FloatType.BFLOAT16);
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        Shape shape = Shape.vector(8);
        PrngKey record = PrngKey.of(42).foldIn(7).foldIn(3);
        TypedOutput once =
                dropout.apply(
                        KeyedLayer.at(first, dropout).sampledKey(record),
                        x,
                        shape,
                        FloatType.BFLOAT16);
        TypedOutput twice =
                depth.apply(
                        KeyedLayer.at(second, depth).sampledKey(record),
                        once.values(),
                        shape,
                        FloatType.BFLOAT16);
        TypedOutput found = transform.apply(7, 3, x, shape);
        assertThat(found.values()).isEqualTo(twice.values());
        assertThat(found.dropped()).isEqualTo(once.dropped() + twice.dropped());
        assertThat(transform(List.of()).typed(FloatType.FLOAT16).apply(7, 3, x, shape).values())
                .isSameAs(x);
    }
}
