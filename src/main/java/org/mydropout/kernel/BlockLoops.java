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
     * The form for this JVM: the one with the incubating Vector API if the JVM was started with
     * {@code --add-modules=jdk.incubator.vector} and has SIMD code for it, otherwise plain Java.
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

    /** Whether this form is SIMD code on this JVM; the answer does not change. */
    boolean suitThisJvm();

    /**
     * Hashes a block of counters with the Threefry-2x32 block function of 20 rounds: counter i is
     * {@code (first + (i & firstStep), second + i)}, all words of which wrap as unsigned integers.
     *
     * @param k0 the first word of the key
     * @param k1 the second word of the key
     * @param firstStep -1 to count up the first word as well as the second, 0 to keep it
     * @param words receives the first output word of counter i at i and the second at {@code BLOCK
     *     + i}, and anything at all beyond {@code length}; of length {@code 2 * BLOCK}
     * @param length how many counters, from 0 to {@link #BLOCK}
     */
    void hash(int k0, int k1, int first, int firstStep, int second, int[] words, int length);

    /**
     * Makes one 32-bit draw of both words of a counter, as JAX's partitionable layout has it: word
     * i becomes the XOR of words i and {@code BLOCK + i}.
     *
     * @param words as {@link #hash} leaves them
     * @param length how many counters, from 0 to {@link #BLOCK}
     */
    void combine(int[] words, int length);

    /**
     * Makes +0.0 of the elements that a draw misses, whatever they are, and leaves the others: word
     * {@code offset + i} decides on element {@code from + i}, a hit being a word whose upper 23
     * bits, a float32's mantissa, are below the threshold.
     *
     * @param values the elements, changed in place
     * @param words the draws, whose places are free for use
     * @param length how many elements, from 0
     * @param threshold from 0, which nothing hits, to 2^23, which everything does
     * @return the number of hits
     */
    int zeroMisses(float[] values, int from, int[] words, int offset, int length, int threshold);
}
