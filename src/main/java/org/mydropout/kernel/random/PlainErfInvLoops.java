package org.mydropout.kernel.random;

import org.mydropout.kernel.math.XlaMath;

/** The loop in plain Java, one element after the other. */
final class PlainErfInvLoops implements ErfInvLoops {

    @Override
    public void erfInv(int[] words, int at, int length, float[] out, int from) {
        for (int i = 0; i < length; i++) {
            out[from + i] = XlaMath.erfInv(uniform(words[at + i]));
        }
    }

    /**
     * The draw of {@link JaxRandom#uniformFloat32(PrngKey, int, float, float, JaxConfig)} with the
     * bounds {@link #ABOVE_MINUS_ONE} and 1, whose difference rounds to 2.
     */
    private static float uniform(int word) {
        return Math.fma((word >>> 9) * 0x1p-23f, 2, ABOVE_MINUS_ONE);
    }
}
