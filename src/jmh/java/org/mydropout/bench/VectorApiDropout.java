package org.mydropout.bench;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layer's algorithm with the incubating Vector API: SIMD without C2's loop vectorizer and so
 * without the elements that it leaves to scalar code before and after a loop. For vectors whose
 * length is a multiple of the SIMD width. It, too, is written as passes of four rounds, because
 * with all rounds in one body C2 gives up inlining and boxes every SIMD value.
 */
final class VectorApiDropout {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    private static final IntVector COUNTS = IntVector.zero(INTS).addIndex(1);
    private static final int BLOCK = 1024;

    private final int[] words = new int[2 * BLOCK];
    private final int threshold;
    private final float factor;

    VectorApiDropout(int threshold, float factor) {
        this.threshold = threshold;
        this.factor = factor;
    }

    int apply(int k0, int k1, float[] x, float[] out) {
        int k2 = k0 ^ k1 ^ 0x1BD11BDA;
        int kept = 0;
        for (int from = 0; from < x.length; from += BLOCK) {
            int length = Math.min(BLOCK, x.length - from);
            count(length, k0, from + k1);
            evenRounds(length, k1, k2 + 1);
            oddRounds(length, k2, k0 + 2);
            evenRounds(length, k0, k1 + 3);
            oddRounds(length, k1, k2 + 4);
            evenRounds(length, k2, k0 + 5);
            kept += select(x, out, from, length);
        }
        return kept;
    }

    private void count(int length, int first, int second) {
        for (int i = 0; i < length; i += LANES) {
            IntVector.broadcast(INTS, first).intoArray(words, i);
            COUNTS.add(second + i).intoArray(words, BLOCK + i);
        }
    }

    private void evenRounds(int length, int xKey, int yKey) {
        for (int i = 0; i < length; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, words, i);
            IntVector y = IntVector.fromArray(INTS, words, BLOCK + i);
            x = x.add(y);
            y = y.lanewise(ROL, 13).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 15).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 26).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 6).lanewise(XOR, x);
            x.add(xKey).intoArray(words, i);
            y.add(yKey).intoArray(words, BLOCK + i);
        }
    }

    private void oddRounds(int length, int xKey, int yKey) {
        for (int i = 0; i < length; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, words, i);
            IntVector y = IntVector.fromArray(INTS, words, BLOCK + i);
            x = x.add(y);
            y = y.lanewise(ROL, 17).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 29).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 16).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 24).lanewise(XOR, x);
            x.add(xKey).intoArray(words, i);
            y.add(yKey).intoArray(words, BLOCK + i);
        }
    }

    private int select(float[] x, float[] out, int from, int length) {
        int kept = 0;
        for (int i = 0; i < length; i += LANES) {
            IntVector word =
                    IntVector.fromArray(INTS, words, i)
                            .lanewise(XOR, IntVector.fromArray(INTS, words, BLOCK + i));
            VectorMask<Integer> keep = word.lanewise(LSHR, 9).lt(threshold);
            FloatVector scaled = FloatVector.fromArray(FLOATS, x, from + i).mul(factor);
            FloatVector.zero(FLOATS).blend(scaled, keep.cast(FLOATS)).intoArray(out, from + i);
            kept += keep.trueCount();
        }
        return kept;
    }
}
