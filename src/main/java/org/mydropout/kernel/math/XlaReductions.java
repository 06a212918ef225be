package org.mydropout.kernel.math;

import static org.mydropout.kernel.math.XlaMath.add;
import static org.mydropout.kernel.math.XlaMath.exp;
import static org.mydropout.kernel.math.XlaMath.log;
import static org.mydropout.kernel.math.XlaMath.multiply;

import java.util.Arrays;

/**
 * Reductions of float32 arrays that add in the order of XLA's code for CPUs, and the functions that
 * build on them.
 *
 * <p>XLA hands a sum of {@link #SUMMABLE} elements or more (vmapped ones count together) to the
 * library YNNPACK, whose order depends on the processor. It never does so with a cumulative sum, so
 * {@code jnp.cumsum(x)[-1]} is a sum with known bits at every size.
 */
public final class XlaReductions {

    /** XLA's own code adds only sums of fewer elements. */
    public static final int SUMMABLE = 4096;

    /** XLA's {@code TreeReductionRewriter}. */
    private static final int SUM_WINDOW = 32;

    /** XLA's {@code ReduceWindowRewriter}. */
    private static final int SCAN_BLOCK = 16;

    private XlaReductions() {}

    /**
     * {@code jnp.sum}: adds each window of 32 elements from first to last, then the sums in the
     * same way, until one is left. An incomplete window is padded with zeros on both sides; an odd
     * zero goes to the end.
     *
     * @param x fewer than {@link #SUMMABLE} elements
     * @throws IllegalArgumentException if there are more
     */
    public static float sum(float[] x) {
        if (x.length >= SUMMABLE) {
            throw new IllegalArgumentException(
                    "A sum must have fewer than "
                            + SUMMABLE
                            + " elements for its bits to be known, but has "
                            + x.length
                            + ".");
        }
        float[] terms = x;
        while (terms.length > SUM_WINDOW) {
            float[] sums = new float[(terms.length + SUM_WINDOW - 1) / SUM_WINDOW];
            int before = (sums.length * SUM_WINDOW - terms.length) / 2;
            for (int i = 0; i < sums.length; i++) {
                int from = i * SUM_WINDOW - before;
                sums[i] = sum(terms, Math.max(from, 0), Math.min(from + SUM_WINDOW, terms.length));
            }
            terms = sums;
        }
        return sum(terms, 0, terms.length);
    }

    private static float sum(float[] terms, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum = add(sum, terms[i]);
        }
        return sum;
    }

    /**
     * {@code jnp.cumsum}: sums each block of 16 elements from first to last, then adds the
     * cumulative sum of the blocks before it, which is computed in the same way.
     *
     * @param x any number of elements
     * @return a new array of the same length
     */
    public static float[] cumsum(float[] x) {
        float[] sums = new float[x.length];
        float[] blocks = new float[(x.length + SCAN_BLOCK - 1) / SCAN_BLOCK];
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum = add(i % SCAN_BLOCK == 0 ? 0 : sum, x[i]);
            sums[i] = sum;
            blocks[i / SCAN_BLOCK] = sum;
        }
        if (blocks.length > 1) {
            blocks = cumsum(blocks);
            for (int i = SCAN_BLOCK; i < x.length; i++) {
                sums[i] = add(sums[i], blocks[i / SCAN_BLOCK - 1]);
            }
        }
        return sums;
    }

    /** {@code jax.nn.softmax}: each exponential times the reciprocal of their sum. */
    public static float[] softmax(float[] x) {
        float[] exponentials = exponentials(x);
        float reciprocal = 1 / sum(exponentials);
        for (int i = 0; i < x.length; i++) {
            exponentials[i] = multiply(exponentials[i], reciprocal);
        }
        return exponentials;
    }

    /** {@code jax.nn.log_softmax}. */
    public static float[] logSoftmax(float[] x) {
        float max = max(x);
        float logSum = log(sum(exponentials(x)));
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = add(add(x[i], -max), -logSum);
        }
        return result;
    }

    /** {@code jax.nn.logsumexp}. */
    public static float logSumExp(float[] x) {
        return add(log(sum(exponentials(x))), max(x));
    }

    /** {@code exp(x - max(x))}. */
    private static float[] exponentials(float[] x) {
        float max = max(x);
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = exp(add(x[i], -max));
        }
        return result;
    }

    /** {@code jnp.max}, but negative infinity for an empty array. */
    public static float max(float[] x) {
        float max = Float.NEGATIVE_INFINITY;
        for (float element : x) {
            max = Math.max(max, element);
        }
        return max;
    }

    /**
     * {@code jnp.argmax}: the first index of the greatest element.
     *
     * @param x at least one element, none of them NaN
     * @throws IllegalArgumentException if not
     */
    public static int argmax(float[] x) {
        requireNumbers(x);
        if (x.length == 0) {
            throw new IllegalArgumentException("An array without elements has no greatest one.");
        }
        int index = 0;
        for (int i = 1; i < x.length; i++) {
            index = x[i] > x[index] ? i : index;
        }
        return index;
    }

    /**
     * The indices that {@code jax.lax.top_k(x, k)} gives: those of the greatest elements, greatest
     * first, equal elements in their order. As in XLA, -0.0 is less than 0.0.
     *
     * @param x elements, none of them NaN
     * @param k how many, from 0 to the number of elements
     * @throws IllegalArgumentException if not
     */
    public static int[] topK(float[] x, int k) {
        requireNumbers(x);
        if (k < 0 || k > x.length) {
            throw new IllegalArgumentException(
                    "k must be from 0 to %d, the number of elements, but is %d."
                            .formatted(x.length, k));
        }
        long[] keys = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            int bits = Float.floatToRawIntBits(x[i]);
            // Ascending as integers where the floats are descending.
            int descending = ~(bits ^ bits >> 31 >>> 1);
            keys[i] = (long) descending << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] indices = new int[k];
        for (int i = 0; i < k; i++) {
            indices[i] = (int) keys[i];
        }
        return indices;
    }

    private static void requireNumbers(float[] x) {
        for (float element : x) {
            if (Float.isNaN(element)) {
                throw new IllegalArgumentException(
                        "The elements must be numbers for one to be the greatest, but one is NaN.");
            }
        }
    }
}
