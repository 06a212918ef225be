package org.mydropout.kernel.layer;

import static org.mydropout.kernel.random.BlockLoops.BLOCK;

import org.mydropout.kernel.random.BlockLoops;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;
import org.mydropout.kernel.random.Threefry2x32;

/**
 * A Bernoulli draw that is never stored as booleans: it keeps what it hits and zeroes the rest. The
 * hits are those of {@link JaxRandom#bernoulli} in its default mode.
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
    private final int threshold32;

    /** With x64 on: a hit has a mantissa of 52 bits below this, which is at most 2^52. */
    private final long threshold64;

    /**
     * Prepares a draw.
     *
     * @param p the probability of a hit, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    BernoulliMask(double p, JaxConfig config) {
        this.config = config;
        this.threshold32 = (int) Math.ceil((float) p * 0x1p23);
        this.threshold64 = (long) Math.ceil(p * 0x1p52);
    }

    /**
     * {@code where(mask, x * factor, 0)}: multiplies every element that is hit and makes +0.0 of
     * the others.
     *
     * @param out receives the result: an array of the same length, or x itself
     * @return the number of hits
     */
    int select(PrngKey key, float[] x, float factor, float[] out) {
        int[] words = WORDS.get();
        if (!config.threefryPartitionable() && !config.enableX64()) {
            return selectInHalves(key, words, x, factor, out);
        }
        int n = x.length;
        int hits = 0;
        for (int from = 0, length; from < n; from += length) {
            length = Math.min(BLOCK, n - from);
            if (config.threefryPartitionable()) {
                LOOPS.hash(key.word0(), key.word1(), 0, 0, from, words, length);
            } else {
                LOOPS.hash(key.word0(), key.word1(), from, -1, n + from, words, length);
            }
            hits +=
                    config.enableX64()
                            ? LOOPS.select64(words, length, threshold64, x, factor, out, from)
                            : LOOPS.select32(words, length, threshold32, x, factor, out, from);
        }
        return hits;
    }

    /** JAX's layout before 0.5.0: a counter serves two elements that are half the size apart. */
    private int selectInHalves(PrngKey key, int[] words, float[] x, float factor, float[] out) {
        int n = x.length;
        int half = n - n / 2;
        int hits = 0;
        for (int from = 0, length; from < half; from += length) {
            length = Math.min(BLOCK, half - from);
            LOOPS.hash(key.word0(), key.word1(), from, -1, half + from, words, length);
            if (half + from + length > n) {
                // The last counter of an odd draw is filled up with a zero.
                words[length - 1] =
                        (int) (Threefry2x32.hash(key.word0(), key.word1(), half - 1, 0) >>> 32);
            }
            hits +=
                    LOOPS.selectTwo32(
                            words, length, threshold32, x, factor, out, from, half + from);
        }
        return hits;
    }
}
