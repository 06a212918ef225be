package org.mydropout.kernel.random;

import org.mydropout.kernel.math.XlaMath;

/**
 * The loop from random words to normal numbers. It has an implementation with the Vector API
 * because C2 does not vectorize the branches of the logarithm.
 */
public interface ErfInvLoops extends SimdService {

    /** {@code jnp.nextafter(jnp.float32(-1), 0)}, the lower bound of the uniform draws. */
    float ABOVE_MINUS_ONE = -0.99999994f;

    /**
     * {@code erf_inv(uniform)} with the uniform draw of each word, which is between {@link
     * #ABOVE_MINUS_ONE} and 1: a normal number before the multiplication by {@link XlaMath#SQRT_2}.
     *
     * @param words 32-bit draws; these are undefined afterwards, as are those that fill up the last
     *     64
     * @param at the index of the first draw
     * @param length the number of draws, from 0 to {@link BlockLoops#BLOCK}
     * @param out receives the number of word {@code at + i} at {@code from + i}
     */
    void erfInv(int[] words, int at, int length, float[] out, int from);
}
