package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.SimdService;

/**
 * The loop that decides, scales and selects: one pass over the draws of a block. It is a service
 * because C2 on JDK 17 makes no SIMD code of a selection, and because each further pass costs a
 * short vector as much as a fifth of its draws.
 */
public interface SelectionLoops extends SimdService {

    /**
     * {@code where(draw < threshold, x * factor, 0)}: element {@code from + i} of the output
     * becomes that of the input times the factor if word i hits, and +0.0 otherwise.
     *
     * @param words draws as {@link Bernoulli} has them; afterwards these are anything at all, and
     *     all others as before
     * @param length how many elements, from 0
     * @param threshold {@link Bernoulli#threshold}
     * @param x the input; it may be the output itself
     * @param factor 1 changes no bit
     * @param out the output, as long as the input
     * @param from the index of the first element
     * @return how many draws hit
     */
    int select(
            int[] words, int length, int threshold, float[] x, float factor, float[] out, int from);
}
