package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;
import org.mydropout.kernel.random.SimdService;

/**
 * A Bernoulli draw that keeps the elements that hit and zeroes the others, without an array of
 * booleans.
 */
final class DropoutKernel {

    /** The sign and exponent bits of a float32. */
    private static final int SIGN = 0x8000_0000;

    private static final int EXPONENT = 0x7F80_0000;

    static final SelectionLoops LOOPS =
            SimdService.fastest(SelectionLoops.class, PlainSelectionLoops::new);

    private final Bernoulli keep;

    /**
     * Prepares a draw.
     *
     * @param p the keep probability, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    DropoutKernel(double p, JaxConfig config) {
        this.keep = new Bernoulli(p, config);
    }

    /**
     * {@code where(bernoulli(key, p, x.shape), x * factor, 0)}.
     *
     * @param out receives the result: an array of the same length, or x itself
     * @return the number of kept elements
     */
    int apply(PrngKey key, float[] x, float factor, float[] out) {
        int n = x.length;
        int[] words = Bernoulli.words();
        if (n <= Bernoulli.SHORT) {
            // Without the arithmetic of blocks, which costs 16 elements a sixth of their time.
            keep.draw(key, n, 0, words);
            return LOOPS.select(words, 0, n, keep.threshold(), x, factor, out, 0);
        }
        return applyInBlocks(key, x, factor, out);
    }

    private int applyInBlocks(PrngKey key, float[] x, float factor, float[] out) {
        int n = x.length;
        int kept = 0;
        int[] words = Bernoulli.words();
        int blocks = keep.blocks(n);
        for (int block = 0; block < blocks; block++) {
            int length = keep.draw(key, n, block, words);
            int from = keep.from(n, block);
            int at = keep.at(n, block);
            kept += LOOPS.select(words, at, length, keep.threshold(), x, factor, out, from);
        }
        return kept;
    }

    /**
     * Selects without scaling: XLA removes a division by 1, and with it the flushing. The
     * multiplication by 1 only makes signaling NaNs quiet, so NaNs are restored.
     */
    int select(PrngKey key, float[] x, float[] out) {
        int kept = apply(key, x, 1, out);
        for (int i = 0; i < x.length; i++) {
            if (Float.isNaN(out[i])) {
                out[i] = x[i];
            }
        }
        return kept;
    }

    /** The draws of {@link #apply} for n elements. */
    MaskDraws draws(PrngKey key, int n) {
        return new MaskDraws(keep.mantissas(key, n), keep.mantissaBits(), keep.mantissaThreshold());
    }

    /** The exact keep probability. */
    double keepProbability() {
        return Math.scalb((double) keep.mantissaThreshold(), -keep.mantissaBits());
    }

    /** {@code x / divisor}. */
    static void divide(float[] x, float divisor, float[] out) {
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / divisor;
        }
    }

    /**
     * Replaces subnormal numbers by zero of the same sign. Scaling cannot create new ones, because
     * it never reduces a magnitude. A number is subnormal or zero if its exponent bits are 0.
     */
    static void flush(float[] x, float[] out) {
        for (int i = 0; i < x.length; i++) {
            int bits = Float.floatToRawIntBits(x[i]);
            int zeroExponent = ((bits & EXPONENT) - 1) >> 31;
            out[i] = Float.intBitsToFloat(bits & (~zeroExponent | SIGN));
        }
    }
}
