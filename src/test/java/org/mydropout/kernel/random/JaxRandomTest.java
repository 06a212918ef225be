package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.random.JaxRandom.BernoulliMode;

/** Tests for {@link JaxRandom}. */
class JaxRandomTest {

    private static final JaxConfig ORIGINAL = new JaxConfig(false, false);

    static Stream<JsonNode> drawsBitsAsJax() {
        return GoldenVectors.rows("primitives.json", "bits");
    }

    @ParameterizedTest
    @MethodSource
    void drawsBitsAsJax(JsonNode row) {
        long[] expected =
                GoldenVectors.elements(row.required("bits"))
                        .mapToLong(bits -> Long.parseUnsignedLong(bits.asText()))
                        .toArray();
        assertThat(
                        JaxRandom.bits(
                                key(row),
                                n(row),
                                row.required("width").asInt(),
                                GoldenVectors.config(row)))
                .isEqualTo(expected);
    }

    static Stream<JsonNode> drawsUniformFloat32AsJax() {
        return GoldenVectors.rows("primitives.json", "uniform_f32");
    }

    @ParameterizedTest
    @MethodSource
    void drawsUniformFloat32AsJax(JsonNode row) {
        float[] draws = JaxRandom.uniformFloat32(key(row), n(row), GoldenVectors.config(row));
        assertThat(draws).isEqualTo(GoldenVectors.floats(row.required("f32")));
    }

    static Stream<JsonNode> drawsUniformFloat32InARangeAsJax() {
        return GoldenVectors.rows("primitives.json", "uniform_range_f32");
    }

    @ParameterizedTest
    @MethodSource
    void drawsUniformFloat32InARangeAsJax(JsonNode row) {
        float minval = (float) row.required("minval").asDouble();
        float maxval = (float) row.required("maxval").asDouble();
        JaxConfig config = GoldenVectors.config(row);
        assertThat(JaxRandom.uniformFloat32(key(row), n(row), minval, maxval, config))
                .isEqualTo(GoldenVectors.floats(row.required("f32")));
    }

    static Stream<JsonNode> drawsUniformFloat64AsJax() {
        return GoldenVectors.rows("primitives.json", "uniform_f64");
    }

    @ParameterizedTest
    @MethodSource
    void drawsUniformFloat64AsJax(JsonNode row) {
        double[] expected =
                GoldenVectors.elements(row.required("f64"))
                        .mapToLong(bits -> Long.parseUnsignedLong(bits.asText(), 16))
                        .mapToDouble(Double::longBitsToDouble)
                        .toArray();
        assertThat(JaxRandom.uniformFloat64(key(row), n(row), GoldenVectors.config(row)))
                .isEqualTo(expected);
    }

    /**
     * {@code jax.random.uniform(key(0), (25,), jnp.float64, 0.3, 0.7)} with x64 on, JAX 0.10.2; for
     * these draws, rounding the product separately makes a difference.
     */
    @Test
    void drawsUniformFloat64InARangeAsJax() {
        double[] draws =
                JaxRandom.uniformFloat64(PrngKey.of(0), 25, 0.3, 0.7, new JaxConfig(true, true));
        assertThat(new double[] {draws[20], draws[22], draws[24]})
                .containsExactly(0x1.04d25b3871a11p-1, 0x1.0f4fc669acc25p-1, 0x1.537556adc257dp-2);
    }

    static Stream<JsonNode> drawsBernoulliAsJax() {
        return GoldenVectors.rows("primitives.json", "bernoulli");
    }

    @ParameterizedTest
    @MethodSource
    void drawsBernoulliAsJax(JsonNode row) {
        BernoulliMode mode =
                BernoulliMode.valueOf(row.required("mode").asText().toUpperCase(Locale.ROOT));
        double p = row.required("p").asDouble();
        boolean[] mask = JaxRandom.bernoulli(key(row), p, n(row), mode, GoldenVectors.config(row));
        assertThat(GoldenVectors.mask(mask)).isEqualTo(row.required("mask").asText());
    }

    /**
     * {@code jax.random.bernoulli(jax.random.key(seed), p, (8,), mode="high")}, with a p between a
     * first draw and the next possible one, so that the second draw decides. Mode low gives another
     * mask for each of them.
     */
    @ParameterizedTest
    @CsvSource({
        "true, false, 0, 0x1.52f348p-3, 00000000",
        "true, false, 2, 0x1.d71c2cp-3, 00000101",
        "true, true, 1, 0x1.9e96656eb35aap-3, 10000000",
        "true, true, 4, 0x1.5be7d1a939f30p-6, 00000000",
        "false, false, 0, 0x1.a29374p-3, 00000100",
        "false, false, 1, 0x1.ccc05p-5, 01000010",
        "false, true, 2, 0x1.e94a9da01e928p-4, 00100010",
        "false, true, 2, 0x1.703400ac5eb54p-4, 00100000"
    })
    void comparesWithTheSecondDrawInModeHigh(
            boolean partitionable, boolean x64, long seed, double p, String expected) {
        JaxConfig config = new JaxConfig(partitionable, x64);
        PrngKey key = PrngKey.of(seed);
        assertThat(GoldenVectors.mask(JaxRandom.bernoulli(key, p, 8, BernoulliMode.HIGH, config)))
                .isEqualTo(expected);
    }

    /** As above with 1,024 draws. The draws at the index equal p exactly, which is not a hit. */
    @ParameterizedTest
    @CsvSource({
        "56, 289, 0x1.46972p-19",
        "218, 74, 0x1.87d8acp-13",
        "480, 638, 0x1.c12f9ep-15",
        "1273, 549, 0x1.ba9dd2p-17"
    })
    void hitsBelowTheProbabilityAloneInModeHigh(long seed, int index, double p) {
        PrngKey key = PrngKey.of(seed);
        assertThat(JaxRandom.bernoulli(key, p, 1024, BernoulliMode.HIGH, JaxConfig.DEFAULT)[index])
                .isFalse();
        double next = Math.nextUp((float) p);
        assertThat(
                        JaxRandom.bernoulli(key, next, 1024, BernoulliMode.HIGH, JaxConfig.DEFAULT)[
                                index])
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NaN, false", "-1, false", "0, false", "1, true", "1.5, true", "Infinity, true"})
    void takesAnyProbabilityAsJax(double p, boolean expected) {
        boolean[] all = new boolean[1000];
        Arrays.fill(all, expected);
        assertThat(JaxRandom.bernoulli(PrngKey.of(3), p, 1000, JaxConfig.DEFAULT)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void aDrawIsAPrefixOfALongerOneInPartitionableModeOnly(int width) {
        PrngKey key = PrngKey.of(7);
        long[] prefix = Arrays.copyOf(JaxRandom.bits(key, 301, width, JaxConfig.DEFAULT), 100);
        assertThat(JaxRandom.bits(key, 100, width, JaxConfig.DEFAULT)).isEqualTo(prefix);
        assertThat(JaxRandom.bits(key, 100, width, ORIGINAL))
                .isNotEqualTo(Arrays.copyOf(JaxRandom.bits(key, 301, width, ORIGINAL), 100));
    }

    /** The reason why a sampled key must not be split as well. */
    @Test
    void a64BitDrawIsTheSequenceOfChildKeys() {
        PrngKey key = PrngKey.of(7);
        assertThat(
                        LongStream.of(JaxRandom.bits(key, 5, 64, JaxConfig.DEFAULT))
                                .mapToObj(b -> new PrngKey((int) (b >>> 32), (int) b)))
                .isEqualTo(key.split(5, JaxConfig.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drawsNothingForSizeZero(boolean partitionable) {
        JaxConfig config = new JaxConfig(partitionable, false);
        assertThat(JaxRandom.bits(PrngKey.of(0), 0, 8, config)).isEmpty();
        assertThat(JaxRandom.bits(PrngKey.of(0), 0, 64, config)).isEmpty();
        assertThat(JaxRandom.bernoulli(PrngKey.of(0), 0.5, 0, BernoulliMode.HIGH, config))
                .isEmpty();
    }

    @Test
    void refusesANegativeSize() {
        assertThatThrownBy(() -> JaxRandom.uniformFloat32(PrngKey.of(0), -1, JaxConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A draw has from 0 to 2147483647 elements, but -1 were asked for.");
    }

    @Test
    void refusesAWidthThatJaxDoesNotHave() {
        assertThatThrownBy(() -> JaxRandom.bits(PrngKey.of(0), 1, 24, JaxConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Random bits have a width of 8, 16, 32 or 64, but 24 was asked for.");
    }

    private static PrngKey key(JsonNode row) {
        return PrngKey.of(row.required("seed").asLong());
    }

    private static int n(JsonNode row) {
        return row.required("n").asInt();
    }

    /**
     * {@code jax.jit(lambda k: jax.random.uniform(k, (6,), jnp.float32, -0.3, 0.7))(key(42))}, JAX
     * 0.10.2. Between these bounds, whose difference is 1 in float32, XLA does not scale.
     */
    @Test
    void addsTheConstantsWhereTheBoundsDifferByOne() {
        assertThat(JaxRandom.uniformFloat32(PrngKey.of(42), 6, -0.3f, 0.7f, JaxConfig.DEFAULT))
                .containsExactly(
                        0.18870962f,
                        0.37979722f,
                        0.31627154f,
                        0.26101613f,
                        0.15064466f,
                        0.2858659f);
    }
}
