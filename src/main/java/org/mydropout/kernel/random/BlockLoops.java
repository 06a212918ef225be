package org.mydropout.kernel.random;

/**
 * The loops that draw the random words of a block of counters into an array of {@code 2 * BLOCK}
 * words. The first output word of counter i, or its only draw, is at i, and the second is at {@code
 * BLOCK + i}.
 *
 * <p>A loop may also overwrite {@code words} from its length to the next multiple of 64.
 */
public interface BlockLoops extends SimdService {

    /** The most counters in a block: 8 KiB of words, a fraction of a first-level cache. */
    int BLOCK = 1024;

    /** Random123's {@code SKEIN_KS_PARITY32}: the third key word is {@code k0 ^ k1 ^ PARITY}. */
    int PARITY = Threefry2x32.PARITY;

    /**
     * Hashes a block of counters with the Threefry-2x32 block function of 20 rounds. Counter i is
     * {@code (first + (i & firstStep), second + i)}; both words wrap as unsigned integers.
     *
     * @param k0 the first word of the key
     * @param k1 the second word of the key
     * @param firstStep -1 to count up the first word as well as the second, 0 to keep it
     * @param words receives both output words of each counter
     * @param length how many counters, from 0 to {@link #BLOCK}
     */
    void hash(int k0, int k1, int first, int firstStep, int second, int[] words, int length);

    /**
     * Hashes the counters {@code (i, second + i)} for a draw that takes two elements from each
     * counter: the first word of counter i is at i, and the second word at {@code length + i}. All
     * other words are undefined afterwards.
     *
     * @param length how many counters, from 0 to {@code BLOCK / 2}
     */
    void hashPairs(int k0, int k1, int second, int[] words, int length);

    /**
     * Draws 32 bits for each counter of a block, as JAX's partitionable layout does: draw i is the
     * XOR of both output words of counter {@code (0, second + i)}.
     *
     * @param words receives draw i at i; the upper half is undefined afterwards
     * @param length how many draws, from 0 to {@link #BLOCK}
     */
    void draw32(int k0, int k1, int second, int[] words, int length);

    /**
     * Draws 64 bits for each counter of a block and compares them with a threshold. The output
     * words of a counter, counted as by {@link #hash}, are the upper and lower half of its draw.
     * The draw hits if its upper 52 bits, a float64's mantissa, are below the threshold.
     *
     * @param words the sign bit of word i becomes 0 for a hit and 1 otherwise; the other bits and
     *     the upper half are undefined afterwards
     * @param length how many draws, from 0 to {@link #BLOCK}
     * @param threshold from 0, where no draw hits, to 2^52, where every draw hits
     */
    void compare64(
            int k0,
            int k1,
            int first,
            int firstStep,
            int second,
            int[] words,
            int length,
            long threshold);
}
