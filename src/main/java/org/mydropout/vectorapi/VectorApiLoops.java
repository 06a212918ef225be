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
 * ({@code NodeCountInliningCutoff}) and allocates an object for every SIMD value, which takes a
 * hundred times as long. Methods of this size, which get everything as arguments, allocate nothing
 * on JDK 17 and 25. Each has more than 325 bytes of bytecode ({@code FreqInlineSize}), so that C2
 * does not inline several of them into one body again.
 */
public final class VectorApiLoops implements BlockLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();
    private static final IntVector COUNTS = IntVector.zero(INTS).addIndex(1);

    /** What becomes of the two words of a counter. */
    private enum Result {
        WORDS,
        XOR,
        /** The sign of the difference of two 52-bit numbers, in two steps, as in PlainLoops. */
        BELOW
    }

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
        middleRounds(k0, k1 + 3, k1, k2 + 4, words, length);
        lastRounds(k2, k0 + 5, words, length, Result.WORDS, BLOCK, 0);
    }

    @Override
    public void hashPairs(int k0, int k1, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, k0, -1, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(k0, k1 + 3, k1, k2 + 4, words, length);
        lastRounds(k2, k0 + 5, words, length, Result.WORDS, length, 0);
    }

    @Override
    public void draw32(int k0, int k1, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstRounds(words, length, k0, 0, second + k1, k1, k2 + 1, k2, k0 + 2);
        middleRounds(k0, k1 + 3, k1, k2 + 4, words, length);
        lastRounds(k2, k0 + 5, words, length, Result.XOR, BLOCK, 0);
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
        middleRounds(k0, k1 + 3, k1, k2 + 4, words, length);
        lastRounds(k2, k0 + 5, words, length, Result.BELOW, BLOCK, threshold);
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

    /**
     * The keys come first. The array and the length then have instructions of two bytes, which
     * makes this method too large to be inlined ({@code BytecodeSizeTest}).
     */
    private static void middleRounds(
            int xKey, int yKey, int xNextKey, int yNextKey, int[] words, int length) {
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

    /**
     * Goes from the last counters to the first. The last SIMD register may reach beyond the first
     * words of pairs. The second words of the first counters then replace what it wrote there.
     *
     * @param second the index of the first counter's second word
     * @param threshold for {@link Result#BELOW}
     */
    private static void lastRounds(
            int xKey,
            int yKey,
            int[] words,
            int length,
            Result result,
            int second,
            long threshold) {
        int thresholdHigh = (int) (threshold >>> 21) ^ Integer.MIN_VALUE;
        int thresholdLow = (int) threshold & 0x1F_FFFF;
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
            if (result == Result.XOR) {
                x.lanewise(XOR, y).intoArray(words, i);
            } else if (result == Result.WORDS) {
                x.intoArray(words, i);
                y.intoArray(words, second + i);
            } else {
                IntVector high = x.lanewise(LSHR, 1);
                IntVector low = x.and(1).lanewise(LSHL, 20).or(y.lanewise(LSHR, 12));
                IntVector borrow = low.sub(thresholdLow).lanewise(ASHR, 31);
                high.add(borrow).sub(thresholdHigh).intoArray(words, i);
            }
        }
    }
}
