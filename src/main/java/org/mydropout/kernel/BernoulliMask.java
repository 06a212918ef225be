package org.mydropout.kernel;

import static org.mydropout.kernel.BlockLoops.BLOCK;

/**
 * A Bernoulli draw that is never stored as booleans: it zeroes what it does not hit. The hits are
 * those of {@link JaxRandom#bernoulli} in its default mode.
 *
 * <p>A uniform draw below p is, in integers, a mantissa below {@code ceil(p * 2^mantissa bits)}. Of
 * that comparison the sign bit is kept, spread over all 32 bits: a word that is all ones for a hit
 * and zero otherwise, ready to be ANDed with the bits of a float, whatever float it is.
 */
final class BernoulliMask {

    static final BlockLoops LOOPS = BlockLoops.fastest();

    /** Space for one block in each thread. An array of the platform's pins no class loader. */
    private static final ThreadLocal<int[]> WORDS =
            ThreadLocal.withInitial(() -> new int[2 * BLOCK]);

    private final JaxConfig config;

    /** With x64 off: a hit has a mantissa of 23 bits below this, which is at most 2^23. */
    private final int threshold;

    /** With x64 on, the upper 31 and the lower 21 bits of what a 52-bit mantissa is below. */
    private final int thresholdHigh;

    private final int thresholdLow;

    /**
     * Prepares a draw.
     *
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
        int[] words = WORDS.get();
        if (config.enableX64()) {
            return zeroMisses64(key, values, words);
        }
        return config.threefryPartitionable()
                ? zeroMisses32(key, values, words)
                : zeroMissesInHalves(key, values, words);
    }

    private int zeroMisses32(PrngKey key, float[] values, int[] words) {
        int hits = 0;
        for (int from = 0, length; from < values.length; from += length) {
            length = Math.min(BLOCK, values.length - from);
            LOOPS.hash(key.word0(), key.word1(), 0, 0, from, words, length);
            LOOPS.decide(words, length, threshold);
            hits += LOOPS.zeroMisses(values, from, words, 0, length);
        }
        return hits;
    }

    /** JAX's layout before 0.5.0: a counter serves two elements that are half the size apart. */
    private int zeroMissesInHalves(PrngKey key, float[] values, int[] words) {
        int n = values.length;
        int half = n - n / 2;
        int hits = 0;
        for (int from = 0, length; from < half; from += length) {
            length = Math.min(BLOCK, half - from);
            LOOPS.hash(key.word0(), key.word1(), from, -1, half + from, words, length);
            boolean unpaired = half + from + length > n;
            if (unpaired) {
                // The last counter of an odd draw is filled up with a zero.
                words[length - 1] =
                        (int) (Threefry2x32.hash(key.word0(), key.word1(), half - 1, 0) >>> 32);
            }
            for (int i = 0; i < length; i++) {
                words[i] = hit(words[i]);
                words[BLOCK + i] = hit(words[BLOCK + i]);
            }
            int paired = unpaired ? length - 1 : length;
            hits += LOOPS.zeroMisses(values, from, words, 0, length);
            hits += LOOPS.zeroMisses(values, half + from, words, BLOCK, paired);
        }
        return hits;
    }

    private int zeroMisses64(PrngKey key, float[] values, int[] words) {
        int n = values.length;
        int hits = 0;
        for (int from = 0, length; from < n; from += length) {
            length = Math.min(BLOCK, n - from);
            if (config.threefryPartitionable()) {
                LOOPS.hash(key.word0(), key.word1(), 0, 0, from, words, length);
            } else {
                LOOPS.hash(key.word0(), key.word1(), from, -1, n + from, words, length);
            }
            for (int i = 0; i < length; i++) {
                words[i] = hit(words[i], words[BLOCK + i]);
            }
            hits += LOOPS.zeroMisses(values, from, words, 0, length);
        }
        return hits;
    }

    private int hit(int word) {
        return ((word >>> 9) - threshold) >> 31;
    }

    /** The sign of the difference of two 52-bit numbers, taken in two steps as on paper. */
    private int hit(int highWord, int lowWord) {
        int high = highWord >>> 1;
        int low = (highWord & 1) << 20 | lowWord >>> 12;
        int borrow = (low - thresholdLow) >> 31;
        return (high - thresholdHigh + borrow) >> 31;
    }
}
