package org.mydropout.kernel.random;

import java.util.stream.IntStream;

/**
 * The loops in plain Java, written so that HotSpot's C2 compiles them to SIMD code on JDK 17 and
 * 25, without flags.
 *
 * <p>C2 vectorizes innermost loops over {@code int} arrays, so each array element is a lane. A pass
 * over the lanes does four rounds. With more rounds in a pass the processor stalls, because each
 * round needs the result of the one before. Both words of a counter are in one array, a constant
 * distance apart, so C2 knows that they do not overlap and one alignment serves both. The counts
 * come from an array because C2 on JDK 17 does not vectorize a use of the loop variable itself.
 */
public final class PlainLoops implements BlockLoops {

    /** 0, 1, 2, … */
    private static final int[] COUNTS = IntStream.range(0, BLOCK).toArray();

    @Override
    public void hash(
            int k0, int k1, int first, int firstStep, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstSixteenRounds(k0, k1, k2, first, firstStep, second, words, length);
        evenRounds(words, length, k2, k0 + 5);
    }

    @Override
    public void hashPairs(int k0, int k1, int second, int[] words, int length) {
        hash(k0, k1, 0, -1, second, words, length);
        System.arraycopy(words, BLOCK, words, length, length);
    }

    @Override
    public void draw32(int k0, int k1, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        firstSixteenRounds(k0, k1, k2, 0, 0, second, words, length);
        lastRounds(words, length, k2, k0 + 5);
    }

    private static void firstSixteenRounds(
            int k0, int k1, int k2, int first, int firstStep, int second, int[] words, int length) {
        int x0 = first + k0;
        int y0 = second + k1;
        for (int i = 0; i < length; i++) {
            words[i] = x0 + (COUNTS[i] & firstStep);
            words[BLOCK + i] = y0 + COUNTS[i];
        }
        evenRounds(words, length, k1, k2 + 1);
        oddRounds(words, length, k2, k0 + 2);
        evenRounds(words, length, k0, k1 + 3);
        oddRounds(words, length, k1, k2 + 4);
    }

    private static void evenRounds(int[] words, int length, int xKey, int yKey) {
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + xKey;
            words[BLOCK + i] = y + yKey;
        }
    }

    private static void oddRounds(int[] words, int length, int xKey, int yKey) {
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            words[i] = x + xKey;
            words[BLOCK + i] = y + yKey;
        }
    }

    /** Does the rounds of {@link #evenRounds} and leaves the XOR of both words. */
    private static void lastRounds(int[] words, int length, int xKey, int yKey) {
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = (x + xKey) ^ (y + yKey);
        }
    }

    /**
     * Compares two 52-bit numbers by the sign of their difference, which is subtracted in two
     * halves and then inverted.
     */
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
        firstSixteenRounds(k0, k1, k2, first, firstStep, second, words, length);
        int thresholdHigh = (int) (threshold >>> 21) ^ Integer.MIN_VALUE;
        int thresholdLow = (int) threshold & 0x1F_FFFF;
        int xKey = k2;
        int yKey = k0 + 5;
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            x += xKey;
            y += yKey;
            int high = x >>> 1;
            int low = (x & 1) << 20 | y >>> 12;
            int borrow = (low - thresholdLow) >> 31;
            words[i] = high - thresholdHigh + borrow;
        }
    }

    /** {@link Integer#rotateLeft} in the form that C2 vectorizes on every JDK from 17. */
    private static int rotate(int word, int distance) {
        return word << distance | word >>> (Integer.SIZE - distance);
    }
}
