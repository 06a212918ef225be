package org.mydropout.kernel.layer;

/**
 * The selection in plain Java. The comparison and the scaling are separate loops, which C2 compiles
 * to SIMD code. The sign bit of the comparison, spread over all 32 bits, is ANDed with the bits of
 * the float, which works for every float.
 */
final class PlainSelectionLoops implements SelectionLoops {

    @Override
    public int select(
            int[] words,
            int at,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        for (int i = at; i < at + length; i++) {
            words[i] = ((words[i] >>> 9) - threshold) >> 31;
        }
        for (int i = from; i < from + length; i++) {
            out[i] = x[i] * factor;
        }
        int hits = 0;
        for (int i = 0; i < length; i++) {
            int mask = words[at + i];
            int bits = Float.floatToRawIntBits(out[from + i]) & mask;
            out[from + i] = Float.intBitsToFloat(bits);
            hits -= mask;
        }
        return hits;
    }
}
