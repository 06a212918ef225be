package org.mydropout.kernel.random;

import java.util.stream.IntStream;

/**
 * The Threefry-2x32 block function with 20 rounds: a keyed bijection from two counter words to two
 * random words (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; Random123's
 * {@code threefry2x32_R(20, ...)}; JAX's {@code threefry2x32_p}).
 *
 * <p>A round is {@code y = Integer.rotateLeft(y, r) ^ (x += y)}, where both y on the right are the
 * old value. The rotations and the parity constant are Random123's {@code R_32x2_*} and {@code
 * SKEIN_KS_PARITY32}. The third key word is {@code k0 ^ k1 ^ PARITY}. Two key words are added
 * before the first round and after every fourth; injection i, from 0, also adds i to the second
 * word.
 */
public final class Threefry2x32 {

    /** {@code SKEIN_KS_PARITY32}. */
    static final int PARITY = 0x1BD11BDA;

    /**
     * The numbers of the injections. They are read from an array because C2 would carry a constant
     * through the next four rounds, at the cost of one more addition in each.
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
