package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.kernel.GoldenVectors.bits;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.InvalidRngException;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link MyDropout}. */
class MyDropoutTest {

    private static final PrngKey KEY = PrngKey.of(43);
    private static final float[] ONE_TO_TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    static Stream<JsonNode> equalsFlax() {
        return GoldenVectors.rows("primitives.json", "mydropout_f32")
                .filter(row -> isProbability(row.required("rate").asDouble()));
    }

    @ParameterizedTest
    @MethodSource
    void equalsFlax(JsonNode row) {
        MyDropout layer = layer(row.required("rate").asDouble(), GoldenVectors.config(row));
        Rngs rngs = Rngs.of("dropout", PrngKey.of(row.required("seed").asLong()));
        assertThat(layer.apply(ONE_TO_TWELVE, false, rngs))
                .isEqualTo(GoldenVectors.floats(row.required("out")));
    }

    static Stream<Double> refusesRatesThatAreNoProbability() {
        return Stream.concat(
                GoldenVectors.rows("primitives.json", "mydropout_f32")
                        .map(row -> row.required("rate").asDouble())
                        .filter(rate -> !isProbability(rate))
                        .distinct(),
                Stream.of(
                        Double.NaN,
                        -Double.MIN_VALUE,
                        Math.nextUp(1.0),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource
    void refusesRatesThatAreNoProbability(double rate) {
        assertThatThrownBy(() -> new MyDropout(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The dropout rate must be a probability from 0 to 1, but is " + rate + ".");
    }

    static Stream<JsonNode> equalsNnxDropoutGivenItsKeys() {
        return GoldenVectors.rows("primitives.json", "nnx_dropout");
    }

    /**
     * {@code nnx.Dropout(0.5)(ones(12))}. NNX counts from 0 and folds the count in directly. A
     * constructor with streams folds once more for its own key.
     */
    @ParameterizedTest
    @MethodSource
    void equalsNnxDropoutGivenItsKeys(JsonNode row) {
        PrngKey seeded = PrngKey.of(row.required("seed").asLong());
        float[] ones = new float[12];
        Arrays.fill(ones, 1);
        JsonNode masks = row.required("masks");
        for (int call = 0; call < masks.size(); call++) {
            PrngKey key =
                    switch (row.required("how").asText()) {
                        case "ctor rngs=Rngs(seed)" -> seeded.foldIn(0).foldIn(call);
                        case "call rngs=Rngs(seed)" -> seeded.foldIn(call);
                        case "call rngs=key(seed)" -> seeded;
                        default -> throw new IllegalArgumentException(row.toString());
                    };
            float[] out = new float[12];
            new MyDropout(0.5).apply(key, ones, out);
            float[] expected = new float[12];
            for (int i = 0; i < 12; i++) {
                expected[i] = masks.get(call).asText().charAt(i) == '1' ? 2 : 0;
            }
            assertThat(out).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 0.3})
    void returnsTheInputItselfAndAsksForNoKeyIfNothingIsDropped(double rate) {
        boolean deterministic = rate > 0;
        Rngs empty = Rngs.of(Map.of());
        float[] x = {1, Float.MIN_VALUE, -0f};
        assertThat(new MyDropout(rate).apply(x, deterministic, empty)).isSameAs(x);
        assertThat(MyDropout.initAndApply(42, x, rate, deterministic)).isSameAs(x);
    }

    @Test
    void isTheIdentityForRateZeroAlone() {
        assertThat(new MyDropout(0).isIdentity()).isTrue();
        assertThat(new MyDropout(-0.0).isIdentity()).isTrue();
        assertThat(new MyDropout(Double.MIN_VALUE).isIdentity()).isFalse();
        assertThat(new MyDropout(1).isIdentity()).isFalse();
    }

    @Test
    void copiesTheInputBitByBitForRateZero() {
        float[] x = {1, Float.MIN_VALUE, -0f, Float.NaN};
        float[] out = new float[4];
        MyDropout layer = new MyDropout(0, Scaling.DIVIDE, Subnormals.FLUSH, JaxConfig.DEFAULT);
        assertThat(layer.apply(KEY, x, out)).isEqualTo(4);
        assertThat(bits(out)).isEqualTo(bits(x));
    }

    @Test
    void asksForOneKeyOfTheDropoutStream() {
        Rngs rngs = Rngs.of("dropout", KEY);
        new MyDropout(1).apply(ONE_TO_TWELVE, false, rngs);
        assertThat(rngs.makeRng("dropout")).isEqualTo(KEY.foldIn(ModulePath.ROOT.foldData(2)));
        assertThatThrownBy(() -> new MyDropout(1).apply(ONE_TO_TWELVE, false, Rngs.of(Map.of())))
                .isInstanceOf(InvalidRngException.class);
    }

    @Test
    void givesPositiveZeroForEverythingAtRateOne() {
        float[] x = {1, -1, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        float[] out = new float[x.length];
        assertThat(new MyDropout(1).apply(KEY, x, out)).isZero();
        assertThat(bits(out)).containsOnly(0);
    }

    /** With a rate below 2^-25 the float32 keep probability is 1; with x64, below 2^-54. */
    @Test
    void keepsEverythingUnscaledAtATinyRate() {
        float[] x = new float[10_000];
        Arrays.fill(x, 3);
        float[] out = new float[x.length];
        assertThat(new MyDropout(0x1p-26).apply(KEY, x, out)).isEqualTo(x.length);
        assertThat(out).isEqualTo(x);
        MyDropout x64 = layer(0x1p-55, new JaxConfig(true, true));
        assertThat(x64.apply(KEY, x, out)).isEqualTo(x.length);
        assertThat(out).isEqualTo(x);
    }

    static List<MyDropout> passesEveryBitWhereTheKeepProbabilityRoundsToOne() {
        List<MyDropout> layers = new ArrayList<>();
        for (Scaling scaling : Scaling.values()) {
            for (Subnormals subnormals : Subnormals.values()) {
                layers.add(new MyDropout(0x1p-26, scaling, subnormals, JaxConfig.DEFAULT));
                layers.add(new MyDropout(0x1p-26, scaling, subnormals, new JaxConfig(true, true)));
            }
        }
        return layers;
    }

    /**
     * XLA removes a division by 1 under {@code jax.jit}, so a signaling NaN stays signaling. Any
     * arithmetic would set the first bit of its mantissa. With x64 the mask still drops one element
     * in 2^26, but none of these.
     */
    @ParameterizedTest
    @MethodSource
    void passesEveryBitWhereTheKeepProbabilityRoundsToOne(MyDropout layer) {
        int[] bits = {0xff812345, 0x7f812345, 0x7fc12345, 1, 0x807fffff, 0x80000000, 0x40a00000};
        float[] x = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            x[i] = Float.intBitsToFloat(bits[i]);
        }
        float[] out = new float[x.length];
        assertThat(layer.apply(KEY, x, out)).isEqualTo(x.length);
        int[] outBits = new int[out.length];
        for (int i = 0; i < out.length; i++) {
            outBits[i] = Float.floatToRawIntBits(out[i]);
        }
        assertThat(outBits).isEqualTo(bits);
    }

    /** Just below rate 1 the keep probability is 2^-23, however small {@code 1 - rate} is. */
    @Test
    void keepsOneMantissaOutOfAllAtARateJustBelowOne() {
        DropoutKernel kernel = new DropoutKernel(0x1p-40, JaxConfig.DEFAULT);
        float[] ones = new float[1 << 22];
        Arrays.fill(ones, 1);
        int zeroDraws = 0;
        for (float draw : JaxRandom.uniformFloat32(KEY, ones.length, JaxConfig.DEFAULT)) {
            zeroDraws += draw == 0 ? 1 : 0;
        }
        assertThat(kernel.apply(KEY, ones, 1, ones)).isEqualTo(zeroDraws);
    }

    /** {@code x * (1f / 0.7f)} and {@code x / 0.7f} differ for 5: spec of XLA's simplifier. */
    @ParameterizedTest
    @EnumSource(Scaling.class)
    void scalesByReciprocalOrDivision(Scaling scaling) {
        MyDropout layer = new MyDropout(0.3, scaling, Subnormals.KEEP, JaxConfig.DEFAULT);
        float[] x = new float[64];
        Arrays.fill(x, 5);
        int expected = scaling == Scaling.RECIPROCAL ? 0x40e4924a : 0x40e49249;
        float[] out = new float[x.length];
        layer.apply(KEY, x, out);
        assertThat(bits(out)).containsOnly(0, expected).contains(0, expected);
    }

    /**
     * {@code MyDropout(rate).apply({}, x, False, rngs={"dropout": PRNGKey(43)})} under {@code
     * jax.jit} on XLA:CPU. With the smaller rate, XLA neither scales nor flushes.
     */
    @Test
    void flushesSubnormalsAsXla() {
        float[] x = {
            0x1p-149f,
            -0x1p-149f,
            0x1.fffffcp-127f,
            -0x1.fffffcp-127f,
            0x1p-126f,
            -0x1p-126f,
            1e-40f,
            0f,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            3e38f
        };
        assertThat(bits(flushing(0.3).apply(x, false, Rngs.of("dropout", KEY))))
                .isEqualTo(
                        new int[] {
                            0,
                            0x80000000,
                            0,
                            0,
                            0x00b6db6e,
                            0x80b6db6e,
                            0,
                            0,
                            0x80000000,
                            0x7fc00000,
                            0x7f800000,
                            0xff800000,
                            0
                        });
        assertThat(bits(flushing(1e-9).apply(x, false, Rngs.of("dropout", KEY))))
                .isEqualTo(bits(x));
    }

    @Test
    void refusesAnOutputThatIsTheInputOrHasAnotherLength() {
        MyDropout layer = new MyDropout(0.5);
        float[] x = {1, 2, 3};
        assertThatThrownBy(() -> layer.apply(KEY, x, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The output must be another array than the input, which is never written"
                                + " to.");
        assertThatThrownBy(() -> layer.apply(KEY, x, new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The output must be as long as the input, but has 4 elements instead of"
                                + " 3.");
        assertThat(x).containsExactly(1, 2, 3);
    }

    /** {@code int(seed) + 1} is the seed of the stream: truncated towards zero, low 32 bits. */
    @ParameterizedTest
    @CsvSource({
        "42, 43",
        "42.9, 43",
        "-0.5, 1",
        "-7.9, -6",
        "4294967295, 4294967296",
        "1e18, 1000000000000000001",
        "-9223372036854775808, -9223372036854775807",
        "9223372036854774784, 9223372036854774785",
    })
    void initAndApplyUsesTheSeedPlusOne(double seed, long streamSeed) {
        Rngs rngs = Rngs.of("dropout", PrngKey.of(streamSeed));
        assertThat(MyDropout.initAndApply(seed, ONE_TO_TWELVE, 0.4, false))
                .isEqualTo(new MyDropout(0.4).apply(ONE_TO_TWELVE, false, rngs));
    }

    /**
     * For one element, and for no other length, JAX without {@code jax.jit} gives the quotient:
     *
     * <pre>{@code
     * x = jnp.array(numpy.array([0x40d918b8], numpy.uint32).view(numpy.float32))
     * f = lambda x: MyDropout(0.1).apply({}, x, False, rngs={"dropout": jax.random.PRNGKey(2147483648)})
     * f(x), jax.jit(f)(x)  # 40f137e9, 40f137ea; 40f137ea and 40f137ea for the value twice
     * }</pre>
     */
    @Test
    void initAndApplyFollowsJitForOneElement() {
        float value = Float.intBitsToFloat(0x40d918b8);
        Rngs rngs = Rngs.of("dropout", PrngKey.of(2147483648L));
        MyDropout divide = new MyDropout(0.1, Scaling.DIVIDE, Subnormals.KEEP, JaxConfig.DEFAULT);

        assertThat(bits(MyDropout.initAndApply(2147483647, new float[] {value}, 0.1, false)))
                .containsExactly(0x40f137ea);
        assertThat(bits(divide.apply(new float[] {value}, false, rngs)))
                .containsExactly(0x40f137e9);
        assertThat(bits(MyDropout.initAndApply(2147483647, new float[] {value, value}, 0.1, false)))
                .containsExactly(0x40f137ea, 0x40f137ea);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0x1p63,
                -0x1.0000000000001p63
            })
    void initAndApplyRefusesASeedThatIsNoInt64(double seed) {
        assertThatThrownBy(() -> MyDropout.initAndApply(seed, ONE_TO_TWELVE, 0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The seed must be a finite number that fits a signed 64-bit integer, but is "
                                + seed
                                + ".");
    }

    private static boolean isProbability(double rate) {
        return rate >= 0 && rate <= 1;
    }

    private static MyDropout layer(double rate, JaxConfig config) {
        return new MyDropout(rate, Scaling.RECIPROCAL, Subnormals.KEEP, config);
    }

    private static MyDropout flushing(double rate) {
        return new MyDropout(rate, Scaling.RECIPROCAL, Subnormals.FLUSH, JaxConfig.DEFAULT);
    }
}
