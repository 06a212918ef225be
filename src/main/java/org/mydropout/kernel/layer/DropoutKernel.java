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
        int kept = 0;
        int[] words = Bernoulli.words();
        int blocks = keep.blocks(n);
        for (int block = 0; block < blocks; block++) {
            int length = keep.draw(key, n, block, words);
            int from = keep.from(n, block);
            kept += LOOPS.select(words, length, keep.threshold(), x, factor, out, from);
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
}
