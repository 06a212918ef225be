package org.mydropout.vectorapi;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.mydropout.kernel.random.BlockLoops;

/**
 * The loops SIMD instruction by SIMD instruction, without C2's loop vectorizer and so without the
 * elements that it leaves to scalar code before and after each loop; only a rest of at most the
 * lanes is scalar here, and only in the selection.
 *
 * <p>At most eight rounds are one pass. With all twenty in one body, C2 on JDK 17 stops inlining
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
        firstRounds(words, length, first + k0, firstStep, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(words, length, k0, k1 + 3, k1, k2 + 4);
        lastRounds(words, length, k2, k0 + 5);
    }

    private static void firstRounds(
            int[] words,
            int length,
            int first,
            int firstStep,
            int second,
            int xKey,
            int yKey,
            int xNextKey,
            int yNextKey) {
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
            x = x.add(xKey);
            y = y.add(yKey);
            x = x.add(y);
            y = y.lanewise(ROL, 17).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 29).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 16).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 24).lanewise(XOR, x);
            x.add(xNextKey).intoArray(words, i);
            y.add(yNextKey).intoArray(words, BLOCK + i);
        }
    }

    private static void middleRounds(
            int[] words, int length, int xKey, int yKey, int xNextKey, int yNextKey) {
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
            x = x.add(xKey);
            y = y.add(yKey);
            x = x.add(y);
            y = y.lanewise(ROL, 17).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 29).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 16).lanewise(XOR, x);
            x = x.add(y);
            y = y.lanewise(ROL, 24).lanewise(XOR, x);
            x.add(xNextKey).intoArray(words, i);
            y.add(yNextKey).intoArray(words, BLOCK + i);
        }
    }

    private static void lastRounds(int[] words, int length, int xKey, int yKey) {
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

    @Override
    public int select32(
            int[] words,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        IntVector hits = IntVector.zero(INTS);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            IntVector mask = mask32(words, i, threshold);
            select(mask, x, factor, out, from + i);
            hits = hits.sub(mask);
        }
        int rest = 0;
        if (i < length) {
            mask32(words, i, threshold).intoArray(words, i);
            rest = BlockLoops.selectByMasks(words, i, length - i, x, factor, out, from + i);
        }
        return hits.reduceLanes(ADD) + rest;
    }

    private static IntVector mask32(int[] words, int at, int threshold) {
        IntVector x = IntVector.fromArray(INTS, words, at);
        IntVector y = IntVector.fromArray(INTS, words, BLOCK + at);
        return below(x.lanewise(XOR, y).lanewise(LSHR, 9), threshold);
    }

    @Override
    public int selectTwo32(
            int[] words,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from,
            int second) {
        int paired = Math.min(length, x.length - second);
        IntVector hits = IntVector.zero(INTS);
        int i = 0;
        for (; i <= paired - LANES; i += LANES) {
            IntVector mask = maskOfWord(words, i, threshold);
            select(mask, x, factor, out, from + i);
            hits = hits.sub(mask);
            mask = maskOfWord(words, BLOCK + i, threshold);
            select(mask, x, factor, out, second + i);
            hits = hits.sub(mask);
        }
        int rest = 0;
        if (i < length) {
            maskOfWord(words, i, threshold).intoArray(words, i);
            maskOfWord(words, BLOCK + i, threshold).intoArray(words, BLOCK + i);
            rest =
                    BlockLoops.selectByMasks(words, i, length - i, x, factor, out, from + i)
                            + BlockLoops.selectByMasks(
                                    words, BLOCK + i, paired - i, x, factor, out, second + i);
        }
        return hits.reduceLanes(ADD) + rest;
    }

    private static IntVector maskOfWord(int[] words, int at, int threshold) {
        return below(IntVector.fromArray(INTS, words, at).lanewise(LSHR, 9), threshold);
    }

    @Override
    public int select64(
            int[] words,
            int length,
            long threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        int thresholdHigh = (int) (threshold >>> 21);
        int thresholdLow = (int) threshold & 0x1F_FFFF;
        IntVector hits = IntVector.zero(INTS);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            IntVector mask = mask64(words, i, thresholdHigh, thresholdLow);
            select(mask, x, factor, out, from + i);
            hits = hits.sub(mask);
        }
        int rest = 0;
        if (i < length) {
            mask64(words, i, thresholdHigh, thresholdLow).intoArray(words, i);
            rest = BlockLoops.selectByMasks(words, i, length - i, x, factor, out, from + i);
        }
        return hits.reduceLanes(ADD) + rest;
    }

    /** The sign of the difference of two 52-bit numbers, in two steps as PlainLoops takes it. */
    private static IntVector mask64(int[] words, int at, int thresholdHigh, int thresholdLow) {
        IntVector x = IntVector.fromArray(INTS, words, at);
        IntVector y = IntVector.fromArray(INTS, words, BLOCK + at);
        IntVector high = x.lanewise(LSHR, 1);
        IntVector low = x.and(1).lanewise(LSHL, 20).or(y.lanewise(LSHR, 12));
        IntVector borrow = below(low, thresholdLow);
        return below(high.add(borrow), thresholdHigh);
    }

    private static IntVector below(IntVector number, int threshold) {
        return number.sub(threshold).lanewise(ASHR, 31);
    }

    private static void select(IntVector mask, float[] x, float factor, float[] out, int at) {
        FloatVector.fromArray(FLOATS, x, at)
                .mul(factor)
                .reinterpretAsInts()
                .and(mask)
                .reinterpretAsFloats()
                .intoArray(out, at);
    }
}
