package org.mydropout.kernel.random;

import java.util.ServiceLoader;

/**
 * The loops over the elements of a block in which a mask spends its time, for there to be a second
 * form of them beside plain Java: a service ({@link ServiceLoader}) of this project's own, not
 * meant to be implemented elsewhere. Every form gives the same bits.
 */
public interface BlockLoops {

    /** Counters in a block at most: 8 KiB of words, a fraction of a first-level cache. */
    int BLOCK = 1024;

    /**
     * Random123's {@code SKEIN_KS_PARITY32}, of which and both words of a key the third is made.
     */
    int PARITY = Threefry2x32.PARITY;

    /**
     * The form for this JVM: the one with the incubating Vector API if the JVM was started with
     * {@code --add-modules=jdk.incubator.vector} and has SIMD registers for it, otherwise plain
     * Java. A JVM whose compiler is not C2 runs the former, too, but slowly; and one whose module
     * has changed since, as incubating modules may, fails to link it: it has to go without.
     */
    static BlockLoops fastest() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new PlainLoops();
        }
        return ServiceLoader.load(BlockLoops.class, BlockLoops.class.getClassLoader())
                .findFirst()
                .filter(BlockLoops::suitThisJvm)
                .orElseGet(PlainLoops::new);
    }

    /** Whether this form is worth using on this JVM; the answer does not change. */
    default boolean suitThisJvm() {
        return true;
    }

    /**
     * Hashes a block of counters with the Threefry-2x32 block function of 20 rounds: counter i is
     * {@code (first + (i & firstStep), second + i)}, all words of which wrap as unsigned integers.
     *
     * @param k0 the first word of the key
     * @param k1 the second word of the key
     * @param firstStep -1 to count up the first word as well as the second, 0 to keep it
     * @param words receives the first output word of counter i at i and the second at {@code BLOCK
     *     + i}, and anything at all from {@code length} to the next multiple of 64; of length
     *     {@code 2 * BLOCK}
     * @param length how many counters, from 0 to {@link #BLOCK}
     */
    void hash(int k0, int k1, int first, int firstStep, int second, int[] words, int length);

    /**
     * Selects by a 32-bit draw of both words of a counter, as JAX's partitionable layout has it:
     * the XOR of words i and {@code BLOCK + i} hits if its upper 23 bits, a float32's mantissa, are
     * below the threshold. Element {@code from + i} of the output becomes that of the input times
     * the factor for a hit, and +0.0 otherwise.
     *
     * @param words as {@link #hash} leaves them; afterwards they are anything at all
     * @param length how many counters, from 0 to {@link #BLOCK}
     * @param threshold from 0, which nothing hits, to 2^23, which everything does
     * @param x the input; it may be the output itself
     * @param factor by which a hit is multiplied; 1 changes no bit
     * @param out the output, as long as the input
     * @param from the index of the first element; {@code from + length} is at most the input's
     *     length
     * @return how many draws hit
     */
    int select32(
            int[] words, int length, int threshold, float[] x, float factor, float[] out, int from);

    /**
     * Selects by two 32-bit draws, one of each word of a counter, as JAX's original layout has it:
     * word i is for element {@code from + i}, and word {@code BLOCK + i} for element {@code second
     * + i}; otherwise as {@link #select32}.
     *
     * @param second the index of the second words' first element, from {@code from + length}. The
     *     last counter of an odd draw has no element for its second word: {@code second + length}
     *     is at most one more than the input's length
     */
    int selectTwo32(
            int[] words,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from,
            int second);

    /**
     * Selects by a 64-bit draw: words i and {@code BLOCK + i} are its upper and lower half. It hits
     * if its upper 52 bits, a float64's mantissa, are below the threshold; otherwise as {@link
     * #select32}.
     *
     * @param threshold from 0, which nothing hits, to 2^52, which everything does
     */
    int select64(
            int[] words,
            int length,
            long threshold,
            float[] x,
            float factor,
            float[] out,
            int from);

    /**
     * Selects by masks, in plain Java, for what a form has no better loop for; otherwise as {@link
     * #select32}. Scaling is a loop of its own, for C2 to make SIMD code of it at least.
     *
     * @param masks each all ones (-1) for a hit or 0
     * @param at the index of the first mask
     * @param length how many masks, from 0
     */
    static int selectByMasks(
            int[] masks, int at, int length, float[] x, float factor, float[] out, int from) {
        for (int i = from; i < from + length; i++) {
            out[i] = x[i] * factor;
        }
        int hits = 0;
        for (int i = 0; i < length; i++) {
            int mask = masks[at + i];
            int bits = Float.floatToRawIntBits(out[from + i]) & mask;
            out[from + i] = Float.intBitsToFloat(bits);
            hits -= mask;
        }
        return hits;
    }
}
