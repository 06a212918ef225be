package org.mydropout.kernel;

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
     * Java. A JVM whose compiler is not C2 runs the former, too, but slowly.
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
     * Decides a 32-bit draw of both words of a counter, as JAX's partitionable layout has it: the
     * XOR of words i and {@code BLOCK + i} hits if its upper 23 bits, a float32's mantissa, are
     * below the threshold.
     *
     * @param words as {@link #hash} leaves them; word i becomes a mask, all ones (-1) for a hit and
     *     0 otherwise
     * @param length how many counters, from 0 to {@link #BLOCK}
     * @param threshold from 0, which nothing hits, to 2^23, which everything does
     */
    void decide(int[] words, int length, int threshold);

    /**
     * Makes +0.0 of the elements whose mask is 0, whatever they are, and leaves the others: mask
     * {@code offset + i} is for element {@code from + i}.
     *
     * @param values the elements, changed in place
     * @param from the index of the first element
     * @param masks each all ones (-1) or 0
     * @param offset the index of the first mask
     * @param length how many elements, from 0
     * @return how many of the masks are all ones
     */
    default int zeroMisses(float[] values, int from, int[] masks, int offset, int length) {
        int hits = 0;
        for (int i = 0; i < length; i++) {
            int mask = masks[offset + i];
            int bits = Float.floatToRawIntBits(values[from + i]) & mask;
            values[from + i] = Float.intBitsToFloat(bits);
            hits -= mask;
        }
        return hits;
    }
}
