package org.mydropout.vectorapi;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.mydropout.kernel.BlockLoops;

/**
 * The loops SIMD instruction by SIMD instruction, without C2's loop vectorizer and so without the
 * elements that it leaves to scalar code before and after each loop; only a rest of less than the
 * lanes is scalar here, and only in the selection.
 *
 * <p>Here, too, four rounds are one pass. With all rounds in one body, C2 on JDK 17 stops inlining
 * and makes an object of every SIMD value, which takes a hundred times as long; methods of this
 * size, which get all that they use as arguments, allocate nothing on JDK 17 and on 25.
 */
public final class VectorApiLoops implements BlockLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    private static final IntVector COUNTS = IntVector.zero(INTS).addIndex(1);

    /** Made by {@link java.util.ServiceLoader}. */
    public VectorApiLoops() {}

    /** The Vector API prefers 64 bits where the JVM has no SIMD code for it. */
    @Override
    public boolean suitThisJvm() {
        return INTS.vectorBitSize() > Long.SIZE;
    }

    @Override
    public void hash(
            int k0, int k1, int first, int firstStep, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, first + k0, firstStep, second + k1, k1, k2 + 1);
        oddRounds(words, length, k2, k0 + 2);
        evenRounds(words, length, k0, k1 + 3);
        oddRounds(words, length, k1, k2 + 4);
        evenRounds(words, length, k2, k0 + 5);
    }

    /** Counts, and four rounds at once: for a short vector each pass less is felt. */
    private static void firstRounds(
            int[] words, int length, int first, int firstStep, int second, int xKey, int yKey) {
        for (int i = 0; i < length; i += LANES) {
            IntVector counts = COUNTS.add(i);
            IntVector x = counts.and(firstStep).add(first);
            IntVector y = counts.add(second);
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

    private static void evenRounds(int[] words, int length, int xKey, int yKey) {
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

    private static void oddRounds(int[] words, int length, int xKey, int yKey) {
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

    @Override
    public void decide(int[] words, int length, int threshold) {
        for (int i = 0; i < length; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, words, i);
            IntVector y = IntVector.fromArray(INTS, words, BLOCK + i);
            IntVector mantissa = x.lanewise(XOR, y).lanewise(LSHR, 9);
            mantissa.sub(threshold).lanewise(ASHR, 31).intoArray(words, i);
        }
    }

    @Override
    public int zeroMisses(float[] values, int from, int[] masks, int offset, int length) {
        int whole = INTS.loopBound(length);
        return zeroMissesOfWhole(values, from, masks, offset, whole)
                + BlockLoops.super.zeroMisses(
                        values, from + whole, masks, offset + whole, length - whole);
    }

    private static int zeroMissesOfWhole(
            float[] values, int from, int[] masks, int offset, int whole) {
        IntVector hits = IntVector.zero(INTS);
        for (int i = 0; i < whole; i += LANES) {
            IntVector mask = IntVector.fromArray(INTS, masks, offset + i);
            FloatVector.fromArray(FLOATS, values, from + i)
                    .reinterpretAsInts()
                    .and(mask)
                    .reinterpretAsFloats()
                    .intoArray(values, from + i);
            hits = hits.sub(mask);
        }
        return hits.reduceLanes(ADD);
    }
}
