package org.mydropout.kernel.random;

import static org.mydropout.kernel.random.BlockLoops.BLOCK;

/**
 * {@code jax.random.bernoulli(key, p, (n,))} in its default mode, drawn block by block. The caller
 * need not know the layout of the configuration:
 *
 * <pre>{@code
 * int[] words = Bernoulli.words();
 * for (int block = 0; block < bernoulli.blocks(n); block++) {
 *     int length = bernoulli.draw(key, n, block, words);
 *     int from = bernoulli.from(n, block);
 *     int at = bernoulli.at(n, block);
 *     // for i < length: element from + i is hit if words[at + i] >>> 9 < bernoulli.threshold()
 * }
 * }</pre>
 *
 * <p>A uniform draw below p is, in integers, a mantissa below {@code ceil(p * 2^mantissa bits)}. A
 * float32's mantissa is the upper 23 bits of a draw. With x64 on, {@code draw} itself compares the
 * 64-bit draws: the sign bit of a word is 0 for a hit and 1 otherwise, and the threshold is 2^22.
 * So one comparison serves every configuration.
 *
 * <p>A draw of at most {@link #SHORT} elements is one block, which begins at element 0 and word 0.
 * There is no iterator over the blocks, because C2 on JDK 17 would allocate one for each draw.
 * Instances are immutable.
 */
public final class Bernoulli {

    /** The most elements that are one block in every configuration. */
    public static final int SHORT = BLOCK / 2;

    private final JaxConfig config;
    private final int threshold;

    /** With x64 on, a hit has a 52-bit mantissa below this threshold. At most 2^52. */
    private final long threshold64;

    private final BlockBits bits;

    /**
     * Prepares a draw.
     *
     * @param p the probability of a hit, 0 ≤ p ≤ 1; rounded to float32 if x64 is off
     */
    public Bernoulli(double p, JaxConfig config) {
        this.config = config;
        this.threshold = config.enableX64() ? 1 << 22 : (int) Math.ceil((float) p * 0x1p23);
        this.threshold64 = (long) Math.ceil(p * 0x1p52);
        // 64-bit draws have one counter per element in both layouts.
        this.bits = new BlockBits(config.threefryPartitionable() || config.enableX64());
    }

    /** The thread's buffer for one block. Finish one draw before the next begins. */
    public static int[] words() {
        return BlockBits.words();
    }

    /**
     * How many blocks a draw has.
     *
     * @param n how many elements, from 0
     */
    public int blocks(int n) {
        return bits.blocks(n);
    }

    /**
     * The index of the element that a block's first draw belongs to. Together the blocks have each
     * of the n elements exactly once.
     */
    public int from(int n, int block) {
        return bits.from(n, block);
    }

    /** The index of the word that is a block's first draw: 0 or {@link BlockLoops#BLOCK}. */
    public int at(int n, int block) {
        return bits.at(n, block);
    }

    /**
     * Draws one block.
     *
     * @param n how many elements the draw has in all
     * @param block from 0; draw the blocks in order and into the same words
     * @param words {@link #words}; receives the block's draws from index {@link #at}. The caller
     *     may overwrite these draws, and nothing else.
     * @return how many elements the block has, from 0 to {@link BlockLoops#BLOCK}
     */
    public int draw(PrngKey key, int n, int block, int[] words) {
        if (!config.enableX64()) {
            return bits.draw(key, n, block, words);
        }
        int from = block * BLOCK;
        int length = Math.min(BLOCK, n - from);
        boolean partitionable = config.threefryPartitionable();
        int first = partitionable ? 0 : from;
        int firstStep = partitionable ? 0 : -1;
        int second = partitionable ? from : n + from;
        BlockBits.LOOPS.compare64(
                key.word0(), key.word1(), first, firstStep, second, words, length, threshold64);
        return length;
    }

    /** From 0, where no draw hits, to 2^23, where every draw hits. */
    public int threshold() {
        return threshold;
    }

    /**
     * The mantissas of the uniform draws, one per element. A draw hits if its mantissa is below
     * {@link #mantissaThreshold}. For inspecting draws: allocates an array of the draw's size.
     *
     * @param n how many elements, from 0
     * @return n numbers from 0 to 2^{@link #mantissaBits} - 1
     * @throws IllegalArgumentException if n is negative
     */
    public long[] mantissas(PrngKey key, int n) {
        int width = config.enableX64() ? Long.SIZE : Integer.SIZE;
        long[] draws = JaxRandom.bits(key, n, width, config);
        for (int i = 0; i < n; i++) {
            draws[i] >>>= width - mantissaBits();
        }
        return draws;
    }

    /** The bits of a draw's mantissa: 23 (float32), or 52 (float64) with x64 on. */
    public int mantissaBits() {
        return config.enableX64() ? 52 : 23;
    }

    /** From 0, where no draw hits, to 2^{@link #mantissaBits}, where every draw hits. */
    public long mantissaThreshold() {
        return config.enableX64() ? threshold64 : threshold;
    }
}
