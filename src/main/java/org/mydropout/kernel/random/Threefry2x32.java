package org.mydropout.kernel.random;

import java.util.stream.IntStream;

/**
 * The Threefry-2x32 block function with 20 rounds: a keyed bijection from two counter words to two
 * random words (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; Random123's
 * {@code threefry2x32_R(20, ...)}; JAX's {@code threefry2x32_p}).
 *
 * <p>A round is {@code y = Integer.rotateLeft(y, r) ^ (x += y)}: Java evaluates the left operand
 * first, so both y on the right are the old one. The rotations and the parity constant are
 * Random123's {@code R_32x2_*} and {@code SKEIN_KS_PARITY32}. The key is injected before the first
 * round and after every fourth, the i-th time with i added to the second word.
 */
public final class Threefry2x32 {

    /** {@code SKEIN_KS_PARITY32}. */
    static final int PARITY = 0x1BD11BDA;

    /**
     * 0, 1, 2, …, the numbers of the injections. From an array because C2 carries a constant term
     * through the four rounds that follow, and each then takes one addition more.
     */
    private static final int[] INJECTIONS = IntStream.rangeClosed(0, 5).toArray();

    private Threefry2x32() {}

    /**
     * Hashes one counter.
     *
     * @return the first output word in the high, the second in the low half
     */
    public static long hash(int k0, int k1, int counter0, int counter1) {
        int k2 = k0 ^ k1 ^ PARITY;
        int x = counter0 + k0;
        int y = counter1 + k1;
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        x += k1;
        y += k2 + INJECTIONS[1];
        y = Integer.rotateLeft(y, 17) ^ (x += y);
        y = Integer.rotateLeft(y, 29) ^ (x += y);
        y = Integer.rotateLeft(y, 16) ^ (x += y);
        y = Integer.rotateLeft(y, 24) ^ (x += y);
        x += k2;
        y += k0 + INJECTIONS[2];
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        x += k0;
        y += k1 + INJECTIONS[3];
        y = Integer.rotateLeft(y, 17) ^ (x += y);
        y = Integer.rotateLeft(y, 29) ^ (x += y);
        y = Integer.rotateLeft(y, 16) ^ (x += y);
        y = Integer.rotateLeft(y, 24) ^ (x += y);
        x += k1;
        y += k2 + INJECTIONS[4];
        y = Integer.rotateLeft(y, 13) ^ (x += y);
        y = Integer.rotateLeft(y, 15) ^ (x += y);
        y = Integer.rotateLeft(y, 26) ^ (x += y);
        y = Integer.rotateLeft(y, 6) ^ (x += y);
        x += k2;
        y += k0 + INJECTIONS[5];
        return (long) x << 32 | Integer.toUnsignedLong(y);
    }
}
