package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;
import org.mydropout.kernel.random.SimdService;

/** A Bernoulli draw that keeps what it hits and zeroes the rest, without an array of booleans. */
final class DropoutKernel {

    static final SelectionLoops LOOPS =
            SimdService.fastest(SelectionLoops.class, PlainSelectionLoops::new);

    private final Bernoulli keep;

    /**
     * Prepares a draw.
     *
     * @param p the probability to keep an element, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    DropoutKernel(double p, JaxConfig config) {
        this.keep = new Bernoulli(p, config);
    }

    /**
     * {@code where(bernoulli(key, p, x.shape), x * factor, 0)}.
     *
     * @param out receives the result: an array of the same length, or x itself
     * @return how many elements were kept
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

    /** What {@link #apply} draws for n elements. */
    MaskDraws draws(PrngKey key, int n) {
        return new MaskDraws(keep.mantissas(key, n), keep.mantissaBits(), keep.mantissaThreshold());
    }

    /** The exact probability of an element to be kept. */
    double keepProbability() {
        return Math.scalb((double) keep.mantissaThreshold(), -keep.mantissaBits());
    }
}
