package org.mydropout.kernel.random;

/**
 * The loops that draw: the random words of a block of counters. Words of a block stand in an array
 * of {@code 2 * BLOCK}: the first output word of counter i, or its only draw, at i, and the second
 * at {@code BLOCK + i}.
 *
 * <p>A loop may overwrite what stands in {@code words} from its length to the next multiple of 64.
 */
public interface BlockLoops extends SimdService {

    /** Counters in a block at most: 8 KiB of words, a fraction of a first-level cache. */
    int BLOCK = 1024;

    /** Random123's {@code SKEIN_KS_PARITY32}: the third key word is {@code k0 ^ k1 ^ PARITY}. */
    int PARITY = Threefry2x32.PARITY;

    /**
     * Hashes a block of counters with the Threefry-2x32 block function of 20 rounds: counter i is
     * {@code (first + (i & firstStep), second + i)}, all words of which wrap as unsigned integers.
     *
     * @param k0 the first word of the key
     * @param k1 the second word of the key
     * @param firstStep -1 to count up the first word as well as the second, 0 to keep it
     * @param words receives both output words of each counter
     * @param length how many counters, from 0 to {@link #BLOCK}
     */
    void hash(int k0, int k1, int first, int firstStep, int second, int[] words, int length);

    /**
     * Draws 32 bits of each of a block of counters as JAX's partitionable layout does: draw i is
     * the XOR of both output words of counter {@code (0, second + i)}.
     *
     * @param words receives draw i at i; the upper half afterwards is anything at all
     * @param length how many draws, from 0 to {@link #BLOCK}
     */
    void draw32(int k0, int k1, int second, int[] words, int length);

    /**
     * Compares 64-bit draws with a threshold: words i and {@code BLOCK + i} are the upper and lower
     * half of a draw, which hits if its upper 52 bits, a float64's mantissa, are below the
     * threshold.
     *
     * @param words word i becomes 0 for a hit and all ones (-1) otherwise
     * @param length how many draws, from 0 to {@link #BLOCK}
     * @param threshold from 0, which nothing hits, to 2^52, which everything does
     */
    void compare64(int[] words, int length, long threshold);
}
