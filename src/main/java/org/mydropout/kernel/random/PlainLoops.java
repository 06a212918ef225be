package org.mydropout.kernel.random;

import java.util.stream.IntStream;

/**
 * The loops in plain Java, written so that HotSpot's C2 makes SIMD code of them, on JDK 17 as on 25
 * and without flags.
 *
 * <p>C2 vectorizes innermost loops over {@code int} arrays, so an element of an array is a lane,
 * and each four rounds are one pass over the lanes: with more of them in a loop, the processor
 * waits for their results, as each round needs that of the one before. Both words of a counter live
 * in one array, a constant distance apart, so that C2 knows them not to overlap and one alignment
 * serves both. The counts come from an array because C2 on JDK 17 does not vectorize a use of the
 * loop variable itself.
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

    /** {@link #evenRounds}, and the XOR of both words. */
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

    /** The sign of the difference of two 52-bit numbers, in two steps as on paper. */
    @Override
    public void compare64(int[] words, int length, long threshold) {
        int thresholdHigh = (int) (threshold >>> 21);
        int thresholdLow = (int) threshold & 0x1F_FFFF;
        for (int i = 0; i < length; i++) {
            int high = words[i] >>> 1;
            int low = (words[i] & 1) << 20 | words[BLOCK + i] >>> 12;
            int borrow = (low - thresholdLow) >> 31;
            words[i] = ~((high - thresholdHigh + borrow) >> 31);
        }
    }

    /** {@link Integer#rotateLeft} in the form that C2 vectorizes on every JDK from 17. */
    private static int rotate(int word, int distance) {
        return word << distance | word >>> (Integer.SIZE - distance);
    }
}
