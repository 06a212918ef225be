package org.mydropout.kernel;

import java.util.Arrays;

/**
 * A Bernoulli draw that is never stored as booleans: it zeroes what it does not hit. The hits are
 * those of {@link JaxRandom#bernoulli} in its default mode.
 *
 * <p>A uniform draw below p is, in integers, a mantissa below {@code ceil(p * 2^mantissa bits)}. Of
 * that comparison the sign bit is kept, spread over all 32 bits: a word that is all ones for a hit
 * and zero otherwise, ready to be ANDed with the bits of a float, whatever float it is.
 */
final class BernoulliMask {

    /** Counters hashed at a time: two {@code int[]} of them, 16 KiB, stay in the L1 cache. */
    private static final int BLOCK = 1024;

    private final JaxConfig config;

    /** With x64 off: a hit has 23 bits below this, from 0 to 2^23. */
    private final int threshold;

    /** With x64 on: a hit has 52 bits below this number, of which these are the upper 31 … */
    private final int thresholdHigh;

    /** … and these the lower 21. */
    private final int thresholdLow;

    /**
     * @param p the probability of a hit, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    BernoulliMask(double p, JaxConfig config) {
        this.config = config;
        this.threshold = (int) Math.ceil((float) p * 0x1p23);
        long threshold64 = (long) Math.ceil(p * 0x1p52);
        this.thresholdHigh = (int) (threshold64 >>> 21);
        this.thresholdLow = (int) threshold64 & 0x1F_FFFF;
    }

    /**
     * Sets every element that is not hit to +0.0 and leaves the others as they are.
     *
     * @return the number of hits
     */
    int zeroMisses(PrngKey key, float[] values) {
        int n = values.length;
        boolean halves = !config.threefryPartitionable() && !config.enableX64();
        // In the original layout a counter is a pair of elements that lie half the size apart.
        int counters = halves ? n - n / 2 : n;
        int[] x = new int[Math.min(counters, BLOCK)];
        int[] y = new int[x.length];
        int hits = 0;
        for (int from = 0; from < counters; from += BLOCK) {
            int length = Math.min(BLOCK, counters - from);
            int start = from;
            if (config.threefryPartitionable()) {
                Arrays.fill(x, 0);
                Arrays.setAll(y, i -> start + i);
            } else {
                Arrays.setAll(x, i -> start + i);
                Arrays.setAll(y, i -> counters + start + i);
                if (halves && n % 2 == 1 && from + length == counters) {
                    y[length - 1] = 0;
                }
            }
            Threefry2x32.hash(key, x, y, length);
            if (config.enableX64()) {
                compare64(x, y, length);
            } else if (halves) {
                compare32(x, length);
                compare32(y, length);
                int upper = counters + from;
                hits += and(values, upper, Math.min(length, n - upper), y);
            } else {
                for (int i = 0; i < length; i++) {
                    x[i] ^= y[i];
                }
                compare32(x, length);
            }
            hits += and(values, from, length, x);
        }
        return hits;
    }

    private void compare32(int[] words, int length) {
        for (int i = 0; i < length; i++) {
            words[i] = ((words[i] >>> 9) - threshold) >> 31;
        }
    }

    private void compare64(int[] high, int[] low, int length) {
        for (int i = 0; i < length; i++) {
            int lowest21 = (high[i] & 1) << 20 | low[i] >>> 12;
            int borrow = (lowest21 - thresholdLow) >> 31;
            high[i] = ((high[i] >>> 1) - thresholdHigh + borrow) >> 31;
        }
    }

    private static int and(float[] values, int from, int length, int[] masks) {
        int hits = 0;
        for (int i = 0; i < length; i++) {
            int bits = Float.floatToRawIntBits(values[from + i]) & masks[i];
            values[from + i] = Float.intBitsToFloat(bits);
            hits -= masks[i];
        }
        return hits;
    }
}
