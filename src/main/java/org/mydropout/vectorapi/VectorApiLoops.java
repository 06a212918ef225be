package org.mydropout.vectorapi;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.mydropout.kernel.random.BlockLoops;

/**
 * The loops with the Vector API instead of C2's loop vectorizer, which leaves elements before and
 * after each loop to scalar code. Here the last elements fill a whole SIMD register, too.
 *
 * <p>A method does at most eight rounds. With all twenty in one body, C2 on JDK 17 stops inlining
 * and allocates an object for every SIMD value, which takes a hundred times as long. Methods of
 * this size, which get everything as arguments, allocate nothing on JDK 17 and 25.
 */
public final class VectorApiLoops implements BlockLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    private static final IntVector COUNTS = IntVector.zero(INTS).addIndex(1);

    /** Called by {@link java.util.ServiceLoader}. */
    public VectorApiLoops() {}

    /** The preferred shape has 64 bits if the JVM has no SIMD code for the Vector API. */
    @Override
    public boolean suitsThisJvm() {
        return INTS.vectorBitSize() > Long.SIZE;
    }

    @Override
    public void hash(
            int k0, int k1, int first, int firstStep, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, first + k0, firstStep, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(words, length, k0, k1 + 3, k1, k2 + 4);
        lastRounds(words, length, k2, k0 + 5, false);
    }

    @Override
    public void hashPairs(int k0, int k1, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, k0, -1, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(words, length, k0, k1 + 3, k1, k2 + 4);
        lastRoundsOfPairs(words, length, k2, k0 + 5);
    }

    @Override
    public void draw32(int k0, int k1, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, k0, 0, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(words, length, k0, k1 + 3, k1, k2 + 4);
        lastRounds(words, length, k2, k0 + 5, true);
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

    private static void lastRounds(int[] words, int length, int xKey, int yKey, boolean xor) {
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
            if (xor) {
                x.lanewise(XOR, y).intoArray(words, i);
            } else {
                x.intoArray(words, i);
                y.intoArray(words, BLOCK + i);
            }
        }
    }

    /**
     * Begins with the last counters, because their SIMD register may reach beyond them: what it
     * writes there is replaced by the second words of the first counters.
     */
    private static void lastRoundsOfPairs(int[] words, int length, int xKey, int yKey) {
        for (int i = (length - 1) & -LANES; i >= 0; i -= LANES) {
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
            x.intoArray(words, i);
            y.intoArray(words, length + i);
        }
    }

    @Override
    public void compare64(
            int k0,
            int k1,
            int first,
            int firstStep,
            int second,
            int[] words,
            int length,
            long threshold) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, first + k0, firstStep, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(words, length, k0, k1 + 3, k1, k2 + 4);
        lastRoundsBelow(words, length, k2, k0 + 5, threshold);
    }

    /** Takes the sign of the difference of two 52-bit numbers in two steps, as PlainLoops does. */
    private static void lastRoundsBelow(
            int[] words, int length, int xKey, int yKey, long threshold) {
        int thresholdHigh = (int) (threshold >>> 21) ^ Integer.MIN_VALUE;
        int thresholdLow = (int) threshold & 0x1F_FFFF;
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
            IntVector high = x.lanewise(LSHR, 1);
            IntVector low = x.and(1).lanewise(LSHL, 20).or(y.lanewise(LSHR, 12));
            IntVector borrow = low.sub(thresholdLow).lanewise(ASHR, 31);
            high.add(borrow).sub(thresholdHigh).intoArray(words, i);
        }
    }
}
