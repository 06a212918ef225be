package org.mydropout.kernel;

import java.util.stream.IntStream;

/**
 * The Threefry-2x32 block function with 20 rounds: a keyed bijection from two counter words to two
 * random words (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; Random123's
 * {@code threefry2x32_R(20, ...)}; JAX's {@code threefry2x32_p}).
 *
 * <p>A round is {@code y = rotate(y, r) ^ (x += y)}: Java evaluates the left operand first, so both
 * y on the right are the old one. The rotations and the parity constant are Random123's {@code
 * R_32x2_*} and {@code SKEIN_KS_PARITY32}. The key is injected before the first round and after
 * every fourth, the i-th time with i added to the second word.
 */
final class Threefry2x32 {

    /** Counters in a block at most: 8 KiB of words, a fraction of a first-level cache. */
    static final int BLOCK = 1024;

    private static final int PARITY = 0x1BD11BDA;

    /** 0, 1, 2, … */
    private static final int[] COUNTS = IntStream.range(0, BLOCK).toArray();

    private Threefry2x32() {}

    /**
     * Hashes one counter.
     *
     * @return the first output word in the high, the second in the low half
     */
    static long hash(int k0, int k1, int counter0, int counter1) {
        int k2 = k0 ^ k1 ^ PARITY;
        int x = counter0 + k0;
        int y = counter1 + k1;
        y = rotate(y, 13) ^ (x += y);
        y = rotate(y, 15) ^ (x += y);
        y = rotate(y, 26) ^ (x += y);
        y = rotate(y, 6) ^ (x += y);
        x += k1;
        y += k2 + 1;
        y = rotate(y, 17) ^ (x += y);
        y = rotate(y, 29) ^ (x += y);
        y = rotate(y, 16) ^ (x += y);
        y = rotate(y, 24) ^ (x += y);
        x += k2;
        y += k0 + 2;
        y = rotate(y, 13) ^ (x += y);
        y = rotate(y, 15) ^ (x += y);
        y = rotate(y, 26) ^ (x += y);
        y = rotate(y, 6) ^ (x += y);
        x += k0;
        y += k1 + 3;
        y = rotate(y, 17) ^ (x += y);
        y = rotate(y, 29) ^ (x += y);
        y = rotate(y, 16) ^ (x += y);
        y = rotate(y, 24) ^ (x += y);
        x += k1;
        y += k2 + 4;
        y = rotate(y, 13) ^ (x += y);
        y = rotate(y, 15) ^ (x += y);
        y = rotate(y, 26) ^ (x += y);
        y = rotate(y, 6) ^ (x += y);
        x += k2;
        y += k0 + 5;
        return (long) x << 32 | Integer.toUnsignedLong(y);
    }

    /**
     * Hashes a block of counters: counter i is {@code (first + (i & firstStep), second + i)}.
     *
     * <p>This is the same as {@link #hash(int, int, int, int)} for each counter, written so that
     * HotSpot's C2 makes SIMD code of it, on JDK 17 as on 25 and without flags. C2 vectorizes
     * innermost loops over {@code int} arrays, so an element of an array is a lane, and each four
     * rounds are one pass over the lanes: with more of them in a loop, the processor waits for
     * their results, as each round needs that of the one before. Both words of a counter live in
     * one array, a constant distance apart, so that C2 knows them not to overlap and one alignment
     * serves both. The counts come from an array because C2 on JDK 17 does not vectorize a use of
     * the loop variable itself. All six loops stand in one method, which is too large to be inlined
     * and is therefore compiled the same way for every caller.
     *
     * @param firstStep -1 to count up the first word as well as the second, 0 to keep it
     * @param words receives the first output word of counter i at i and the second at {@code BLOCK
     *     + i}; of length {@code 2 * BLOCK}
     * @param length how many counters, at most {@link #BLOCK}
     */
    static void hash(
            int k0, int k1, int first, int firstStep, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        int x0 = first + k0;
        int y0 = second + k1;
        for (int i = 0; i < length; i++) {
            words[i] = x0 + (COUNTS[i] & firstStep);
            words[BLOCK + i] = y0 + COUNTS[i];
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k1;
            words[BLOCK + i] = y + k2 + 1;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            words[i] = x + k2;
            words[BLOCK + i] = y + k0 + 2;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k0;
            words[BLOCK + i] = y + k1 + 3;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            words[i] = x + k1;
            words[BLOCK + i] = y + k2 + 4;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k2;
            words[BLOCK + i] = y + k0 + 5;
        }
    }

    /** {@link Integer#rotateLeft} in the form that C2 vectorizes on every JDK from 17. */
    private static int rotate(int word, int distance) {
        return word << distance | word >>> (Integer.SIZE - distance);
    }
}
