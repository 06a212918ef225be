package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.SimdService;

/**
 * The loop that compares, scales and selects in one pass over the draws of a block. It has an
 * implementation with the Vector API because C2 on JDK 17 does not vectorize a selection, and
 * because each further pass costs a short vector a fifth of the time of its draws.
 */
public interface SelectionLoops extends SimdService {

    /**
     * {@code where(draw < threshold, x * factor, 0)}: element {@code from + i} of the output is
     * that of the input times the factor if word {@code at + i} hits, and +0.0 otherwise.
     *
     * @param words draws of {@link Bernoulli}; these are undefined afterwards, all other words are
     *     unchanged
     * @param at the index of the first draw
     * @param length the number of elements, from 0
     * @param threshold {@link Bernoulli#threshold}
     * @param x the input; it may be the output itself
     * @param factor 1 changes no bit
     * @param out the output, as long as the input
     * @param from the index of the first element
     * @return the number of draws that hit
     */
    int select(
            int[] words,
            int at,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from);
}
