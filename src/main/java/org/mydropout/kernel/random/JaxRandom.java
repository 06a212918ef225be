package org.mydropout.kernel.random;

import org.mydropout.kernel.math.FloatArrays;

/**
 * The bits, uniform and Bernoulli draws of {@code jax.random} for one-dimensional shapes. An array
 * of another shape has the same elements in row-major order.
 *
 * <p>Every draw uses up its key: draw with a key once, and neither split nor fold it.
 */
public final class JaxRandom {

    /** The {@code mode} argument of {@code jax.random.bernoulli}. */
    public enum BernoulliMode {
        /**
         * One uniform draw per element. The probability is exact to 2^-23, with x64 to 2^-52. JAX's
         * default, and the only mode that Flax uses.
         */
        LOW,
        /** Two uniform draws per element. The probability is exact to 2^-46, with x64 to 2^-104. */
        HIGH
    }

    private static final int FLOAT32_MANTISSA_BITS = 23;
    private static final int FLOAT64_MANTISSA_BITS = 52;

    private JaxRandom() {}

    /**
     * {@code jax.random.bits(key, (n,), dtype)}: uniform unsigned integers.
     *
     * @param n how many, from 0
     * @param width the bits of the dtype: 8, 16, 32 or 64
     * @return n integers of that width, zero-extended to 64 bits
     * @throws IllegalArgumentException if n is negative or the width is not one of the four
     */
    public static long[] bits(PrngKey key, int n, int width, JaxConfig config) {
        requireSize(n);
        if (width != 8 && width != 16 && width != 32 && width != 64) {
            throw new IllegalArgumentException(
                    "Random bits have a width of 8, 16, 32 or 64, but "
                            + width
                            + " was asked for.");
        }
        boolean partitionable = config.threefryPartitionable();
        if (width < 64 && !partitionable) {
            return originalBits(key, n, width);
        }
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) {
            int first = partitionable ? 0 : i;
            int second = partitionable ? i : n + i;
            long words = Threefry2x32.hash(key.word0(), key.word1(), first, second);
            bits[i] = width == 64 ? words : (words >>> 32 ^ words) & lowest(width);
        }
        return bits;
    }

    /** {@code jax.random.uniform(key, (n,), jnp.float32)}: multiples of 2^-23 in [0, 1). */
    public static float[] uniformFloat32(PrngKey key, int n, JaxConfig config) {
        return uniformFloat32(key, n, 0, 1, config);
    }

    /**
     * {@code jax.random.uniform(key, (n,), jnp.float32, minval, maxval)}. The unit draw is scaled
     * and shifted with one rounding, as in XLA's code for CPUs. Where the difference of the bounds
     * is 1, XLA omits the scaling and adds the two constants that are left: {@code (draw - 1) +
     * minval}, with a draw from 1 to 2, becomes {@code draw + (minval - 1)}.
     *
     * @param minval lower bound; no draw is below it
     * @param maxval upper bound; rounding can reach it
     */
    public static float[] uniformFloat32(
            PrngKey key, int n, float minval, float maxval, JaxConfig config) {
        long[] bits = bits(key, n, Float.SIZE, config);
        float span = maxval - minval;
        float[] draws = new float[n];
        for (int i = 0; i < n; i++) {
            float unit = (bits[i] >>> (Float.SIZE - FLOAT32_MANTISSA_BITS)) * 0x1p-23f;
            float moved = span == 1 ? (1 + unit) + (minval - 1) : Math.fma(unit, span, minval);
            draws[i] = Math.max(minval, moved);
        }
        return draws;
    }

    /**
     * {@code jax.random.uniform(key, (n,), jnp.float64)}: multiples of 2^-52 in [0, 1). JAX has
     * float64 with x64 on only. Here the draw is the same under either setting.
     */
    public static double[] uniformFloat64(PrngKey key, int n, JaxConfig config) {
        return uniformFloat64(key, n, 0, 1, config);
    }

    /** {@code jax.random.uniform(key, (n,), jnp.float64, minval, maxval)}; as for float32. */
    public static double[] uniformFloat64(
            PrngKey key, int n, double minval, double maxval, JaxConfig config) {
        long[] bits = bits(key, n, Double.SIZE, config);
        double span = maxval - minval;
        double[] draws = new double[n];
        for (int i = 0; i < n; i++) {
            double unit = (bits[i] >>> (Double.SIZE - FLOAT64_MANTISSA_BITS)) * 0x1p-52;
            double moved = span == 1 ? (1 + unit) + (minval - 1) : Math.fma(unit, span, minval);
            draws[i] = Math.max(minval, moved);
        }
        return draws;
    }

    /** {@link #bernoulli(PrngKey, double, int, BernoulliMode, JaxConfig)} in JAX's default mode. */
    public static boolean[] bernoulli(PrngKey key, double p, int n, JaxConfig config) {
        return bernoulli(key, p, n, BernoulliMode.LOW, config);
    }

    /**
     * {@code jax.random.bernoulli(key, p, (n,), mode)} with a Python {@code float} as p. With x64
     * off, p is rounded to float32 and compared with 32-bit draws. With x64 on, p is compared with
     * 64-bit draws, which gives an unrelated mask.
     *
     * @param p the probability of true. As in JAX there is no range check: no element is true if p
     *     is NaN or at most 0, and every element if p is 1 or more.
     */
    public static boolean[] bernoulli(
            PrngKey key, double p, int n, BernoulliMode mode, JaxConfig config) {
        boolean low = mode == BernoulliMode.LOW;
        boolean x64 = config.enableX64();
        int draws = low ? n : requireSize(2L * n);
        double[] uniform =
                x64
                        ? uniformFloat64(key, draws, config)
                        : FloatArrays.widened(uniformFloat32(key, draws, config));
        double probability = x64 ? p : (float) p;
        double secondUnit = x64 ? 0x1p-52 : 0x1p-23;
        boolean[] hits = new boolean[requireSize(n)];
        for (int i = 0; i < n; i++) {
            // With float32 draws, the difference and the product are exact in float32.
            hits[i] =
                    low
                            ? uniform[i] < probability
                            : uniform[n + i] * secondUnit < probability - uniform[i];
        }
        return hits;
    }

    /**
     * JAX's layout before 0.5.0 for widths up to 32. The counts 0, 1, 2, … are split into two
     * halves, the second padded with a zero if their number is odd. The halves are the first and
     * second words of the counters and of the results. Narrow draws are taken from the 32-bit
     * words, lowest bits first.
     */
    private static long[] originalBits(PrngKey key, int n, int width) {
        int perWord = 32 / width;
        int words = (int) (((long) n + perWord - 1) / perWord);
        int half = (int) ((words + 1L) / 2);
        long[] hashes = new long[half];
        for (int i = 0; i < half; i++) {
            int second = half + i < words ? half + i : 0;
            hashes[i] = Threefry2x32.hash(key.word0(), key.word1(), i, second);
        }
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) {
            int index = i / perWord;
            long word = index < half ? hashes[index] >>> 32 : hashes[index - half];
            bits[i] = (word >>> (i % perWord * width)) & lowest(width);
        }
        return bits;
    }

    /** A mask of the lowest bits. */
    private static long lowest(int width) {
        return -1L >>> (Long.SIZE - width);
    }

    /** Returns the size of a draw as an array size, or refuses it. */
    static int requireSize(long n) {
        if (n < 0 || n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A draw has from 0 to 2147483647 elements, but " + n + " were asked for.");
        }
        return (int) n;
    }
}
