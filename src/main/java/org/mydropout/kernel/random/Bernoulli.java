package org.mydropout.kernel.random;

/**
 * {@code jax.random.bernoulli(key, p, (n,))} in its default mode, a block at a time:
 *
 * <pre>{@code
 * DrawCursor draws = bernoulli.draws(key, n);
 * while (draws.next()) {
 *     // element draws.from() + i is hit if
 *     // draws.words()[draws.at() + i] >>> 9 < bernoulli.threshold()
 * }
 * }</pre>
 *
 * <p>A uniform draw below p is, in integers, a mantissa below {@code ceil(p * 2^mantissa bits)}. A
 * float32's mantissa is the upper 23 bits of a draw. A 64-bit draw, with x64 on, is compared before
 * it comes to the caller: it is 0 for a hit and all ones otherwise, and the threshold is 1. So one
 * comparison serves every configuration.
 */
public final class Bernoulli {

    private final JaxConfig config;
    private final int threshold;

    /** With x64 on: a hit has a mantissa of 52 bits below this, which is at most 2^52. */
    private final long threshold64;

    /**
     * Prepares a draw.
     *
     * @param p the probability of a hit, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    public Bernoulli(double p, JaxConfig config) {
        this.config = config;
        this.threshold = config.enableX64() ? 1 : (int) Math.ceil((float) p * 0x1p23);
        this.threshold64 = (long) Math.ceil(p * 0x1p52);
    }

    /**
     * Draws.
     *
     * @param n how many elements, from 0
     * @throws IllegalArgumentException if n is negative
     */
    public DrawCursor draws(PrngKey key, int n) {
        return config.enableX64()
                ? DrawCursor.compared64(key, n, config, threshold64)
                : DrawCursor.of32(key, n, config);
    }

    /** From 0, which nothing hits, to 2^23, which everything does. */
    public int threshold() {
        return threshold;
    }

    /**
     * The draws as integers: for each element the mantissa of a uniform draw, which hits if it is
     * below {@link #mantissaThreshold}. For looking at single draws: makes an array of them all.
     *
     * @param n how many elements, from 0
     * @return n numbers from 0 to 2^{@link #mantissaBits} - 1
     * @throws IllegalArgumentException if n is negative
     */
    public long[] mantissas(PrngKey key, int n) {
        int width = config.enableX64() ? Long.SIZE : Integer.SIZE;
        long[] draws = JaxRandom.bits(key, n, width, config);
        for (int i = 0; i < n; i++) {
            draws[i] >>>= width - mantissaBits();
        }
        return draws;
    }

    /** How many bits a draw's mantissa has: 23 of a float32, with x64 on 52 of a float64. */
    public int mantissaBits() {
        return config.enableX64() ? 52 : 23;
    }

    /** From 0, which no mantissa hits, to 2^{@link #mantissaBits}, which every one does. */
    public long mantissaThreshold() {
        return config.enableX64() ? threshold64 : threshold;
    }
}
