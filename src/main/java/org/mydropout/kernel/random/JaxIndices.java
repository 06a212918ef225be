package org.mydropout.kernel.random;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.math.XlaReductions;

/**
 * Draws of {@code jax.random} that give integers in a range, permutations and choices. All except
 * {@link #choice(PrngKey, float[], int, boolean, JaxConfig)} use integer arithmetic alone, so they
 * are the same on every processor.
 *
 * <p>Every draw uses up its key: draw with a key once, and neither split nor fold it.
 */
public final class JaxIndices {

    /** JAX: {@code exponent} in {@code _shuffle}. */
    private static final double SHUFFLE_EXPONENT = 3;

    private static final double MAX_UINT32 = 0xFFFF_FFFFL;

    private JaxIndices() {}

    /** {@code jax.random.randint(key, (n,), minval, maxval, jnp.int32)}. */
    public static int[] randint(PrngKey key, int n, int minval, int maxval, JaxConfig config) {
        int[] minvals = new int[JaxRandom.requireSize(n)];
        int[] maxvals = new int[n];
        Arrays.fill(minvals, minval);
        Arrays.fill(maxvals, maxval);
        return randint(key, minvals, maxvals, config);
    }

    /**
     * {@code jax.random.randint(key, (n,), jnp.array(minval), jnp.array(maxval), jnp.int32)}: each
     * element has a range of its own.
     *
     * @param minval the lower bounds, inclusive
     * @param maxval the upper bounds, exclusive; where an upper bound is not above the lower one,
     *     the lower one is drawn, as in JAX
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static int[] randint(PrngKey key, int[] minval, int[] maxval, JaxConfig config) {
        int n = minval.length;
        if (maxval.length != n) {
            throw new IllegalArgumentException(
                    "There must be as many bounds above as below, but there are %d and %d."
                            .formatted(maxval.length, n));
        }
        var keys = key.split(2, config);
        long[] high = JaxRandom.bits(keys.get(0), n, Integer.SIZE, config);
        long[] low = JaxRandom.bits(keys.get(1), n, Integer.SIZE, config);
        int[] draws = new int[n];
        for (int i = 0; i < n; i++) {
            int span = maxval[i] > minval[i] ? maxval[i] - minval[i] : 1;
            int factor = Integer.remainderUnsigned(1 << 16, span);
            factor = Integer.remainderUnsigned(factor * factor, span);
            int offset =
                    Integer.remainderUnsigned((int) high[i], span) * factor
                            + Integer.remainderUnsigned((int) low[i], span);
            draws[i] = minval[i] + Integer.remainderUnsigned(offset, span);
        }
        return draws;
    }

    /**
     * {@code jax.random.randint(key, (n,), minval, maxval, jnp.int64)}. JAX has int64 with x64 on
     * only, where it is the default. Here the draw is the same under either setting.
     */
    public static long[] randint64(PrngKey key, int n, long minval, long maxval, JaxConfig config) {
        var keys = key.split(2, config);
        long[] high = JaxRandom.bits(keys.get(0), n, Long.SIZE, config);
        long[] low = JaxRandom.bits(keys.get(1), n, Long.SIZE, config);
        long span = maxval > minval ? maxval - minval : 1;
        long factor = Long.remainderUnsigned(1L << 32, span);
        factor = Long.remainderUnsigned(factor * factor, span);
        long[] draws = new long[n];
        for (int i = 0; i < n; i++) {
            long offset =
                    Long.remainderUnsigned(high[i], span) * factor
                            + Long.remainderUnsigned(low[i], span);
            draws[i] = minval + Long.remainderUnsigned(offset, span);
        }
        return draws;
    }

    /**
     * {@code jax.random.permutation(key, n)}. JAX permutes an array x as {@code x[these]} along any
     * axis.
     *
     * @param n how many, from 0
     * @return the integers from 0 to n - 1 in another order
     */
    public static int[] permutation(PrngKey key, int n, JaxConfig config) {
        int[] shuffled = IntStream.range(0, JaxRandom.requireSize(n)).toArray();
        double rounds =
                Math.ceil(SHUFFLE_EXPONENT * Math.log(Math.max(1, n)) / Math.log(MAX_UINT32));
        PrngKey next = key;
        for (int round = 0; round < rounds; round++) {
            var keys = next.split(2, config);
            next = keys.get(0);
            long[] bits = JaxRandom.bits(keys.get(1), n, Integer.SIZE, config);
            shuffled = sortedBy(bits, shuffled);
        }
        return shuffled;
    }

    /** A stable sort of values by uint32 keys, which are overwritten. */
    private static int[] sortedBy(long[] keys, int[] values) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (keys[i] << Integer.SIZE ^ Long.MIN_VALUE) + i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> values[(int) key]).toArray();
    }

    /**
     * {@code jax.random.choice(key, a, (n,), replace)} for an integer a: indices below a, all with
     * the same probability.
     *
     * @param a the number of indices to choose from
     * @param n how many are chosen
     * @param replace whether an index may be chosen again; the draws then have 64 bits with x64 on
     * @throws IllegalArgumentException if n is above 0 and a below 1, or if n is above a without
     *     replacement
     */
    public static int[] choice(PrngKey key, int a, int n, boolean replace, JaxConfig config) {
        requireChoice(a, n, replace);
        if (!replace) {
            return Arrays.copyOf(permutation(key, a, config), n);
        }
        return config.enableX64()
                ? LongStream.of(randint64(key, n, 0, a, config)).mapToInt(i -> (int) i).toArray()
                : randint(key, n, 0, a, config);
    }

    /**
     * {@code jax.random.choice(key, p.size, (n,), replace, p)}: indices of p, each with its
     * probability. Without replacement, the probabilities of the indices that are left are
     * renormalized after each choice.
     *
     * @param p probabilities; with replacement they need not add up to 1
     * @param n how many are chosen
     * @param replace whether an index may be chosen again
     * @throws IllegalArgumentException if n is above the number of indices and replace is false, or
     *     above 0 and there are none
     */
    public static int[] choice(PrngKey key, float[] p, int n, boolean replace, JaxConfig config) {
        requireChoice(p.length, n, replace);
        if (!replace) {
            float[] scores = JaxDistributions.gumbel(key, p.length, config);
            for (int i = 0; i < p.length; i++) {
                scores[i] = XlaMath.add(scores[i], XlaMath.log(p[i]));
            }
            return XlaReductions.topK(scores, n);
        }
        float[] cumulative = XlaReductions.cumsum(p);
        float total = n == 0 ? 0 : cumulative[p.length - 1];
        float[] draws = JaxRandom.uniformFloat32(key, n, config);
        int[] indices = new int[n];
        for (int i = 0; i < n; i++) {
            indices[i] = firstNotBelow(cumulative, XlaMath.multiply(total, 1 - draws[i]));
        }
        return indices;
    }

    /** {@code jnp.searchsorted(sorted, value)}. */
    private static int firstNotBelow(float[] sorted, float value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void requireChoice(int a, int n, boolean replace) {
        if (n > 0 && a < 1) {
            throw new IllegalArgumentException(
                    "What is chosen from must have at least one element, but has " + a + ".");
        }
        if (!replace && n > a) {
            throw new IllegalArgumentException(
                    "At most %d elements can be chosen without replacement, but %d were asked for."
                            .formatted(a, n));
        }
    }
}
