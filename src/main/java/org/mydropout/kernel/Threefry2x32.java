package org.mydropout.kernel;

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

    private static final int PARITY = 0x1BD11BDA;

    private Threefry2x32() {}

    /**
     * Hashes one counter.
     *
     * @return the first output word in the high, the second in the low half
     */
    static long hash(PrngKey key, int counter0, int counter1) {
        int k0 = key.word0();
        int k1 = key.word1();
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
     * Hashes {@code length} counters in place: counter i is {@code (x[i], y[i])} before and its two
     * output words after the call.
     *
     * <p>The rounds are three passes over the arrays, because a loop body with all twenty is too
     * large for the auto-vectorizer of HotSpot's C2; with eight rounds each pass becomes SIMD code.
     * A caller keeps the arrays small enough for the first-level cache.
     */
    static void hash(PrngKey key, int[] x, int[] y, int length) {
        int k0 = key.word0();
        int k1 = key.word1();
        int k2 = k0 ^ k1 ^ PARITY;
        inject(x, y, length, k0, k1);
        eightRounds(x, y, length, k1, k2 + 1, k2, k0 + 2);
        eightRounds(x, y, length, k0, k1 + 3, k1, k2 + 4);
        fourRounds(x, y, length, k2, k0 + 5);
    }

    private static void inject(int[] x, int[] y, int length, int xKey, int yKey) {
        for (int i = 0; i < length; i++) {
            x[i] += xKey;
            y[i] += yKey;
        }
    }

    private static void eightRounds(
            int[] xs, int[] ys, int length, int xKey1, int yKey1, int xKey2, int yKey2) {
        for (int i = 0; i < length; i++) {
            int x = xs[i];
            int y = ys[i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            x += xKey1;
            y += yKey1;
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            xs[i] = x + xKey2;
            ys[i] = y + yKey2;
        }
    }

    private static void fourRounds(int[] xs, int[] ys, int length, int xKey, int yKey) {
        for (int i = 0; i < length; i++) {
            int x = xs[i];
            int y = ys[i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            xs[i] = x + xKey;
            ys[i] = y + yKey;
        }
    }

    /** {@link Integer#rotateLeft} in the form that C2 vectorizes on every JDK from 17. */
    private static int rotate(int word, int distance) {
        return word << distance | word >>> (Integer.SIZE - distance);
    }
}
