package org.mydropout.kernel.random;

import static org.mydropout.kernel.random.BlockLoops.BLOCK;

/**
 * The random bits of one key, a block at a time and never all of them at once. It hides where the
 * configuration's layout has the draw of an element:
 *
 * <pre>{@code
 * DrawCursor draws = DrawCursor.of32(key, n, config);
 * while (draws.next()) {
 *     // draws.words()[draws.at() + i] belongs to element draws.from() + i, for i < draws.length()
 * }
 * }</pre>
 *
 * <p>The blocks are disjoint, together they have each of the n elements once, and their order is
 * not promised. The caller may overwrite the words. They are space of the thread: go through one
 * cursor before the next one is made, and in one thread.
 */
public final class DrawCursor {

    private static final BlockLoops LOOPS = SimdService.fastest(BlockLoops.class, PlainLoops::new);

    /** Space for one block in each thread. An array of the platform's pins no class loader. */
    private static final ThreadLocal<int[]> WORDS =
            ThreadLocal.withInitial(() -> new int[2 * BLOCK]);

    private final int[] words = WORDS.get();
    private final int k0;
    private final int k1;
    private final int n;
    private final boolean partitionable;
    private final boolean wide;

    /** What 64-bit draws are compared with, or -1. */
    private final long threshold;

    /** How many counters are hashed in all: one an element, or one for two elements. */
    private final int counters;

    private int hashed;
    private int secondWords;
    private int at;
    private int length;
    private int from;

    private DrawCursor(PrngKey key, int n, boolean partitionable, boolean wide, long threshold) {
        this.k0 = key.word0();
        this.k1 = key.word1();
        this.n = JaxRandom.requireSize(n);
        this.partitionable = partitionable;
        this.wide = wide;
        this.threshold = threshold;
        this.counters = partitionable || wide ? n : n - n / 2;
    }

    /**
     * {@code jax.random.bits(key, (n,), jnp.uint32)}.
     *
     * @param n how many draws, from 0
     * @throws IllegalArgumentException if n is negative
     */
    public static DrawCursor of32(PrngKey key, int n, JaxConfig config) {
        return new DrawCursor(key, n, config.threefryPartitionable(), false, -1);
    }

    /**
     * {@code jax.random.bits(key, (n,), jnp.uint64)}. The upper half of the draw of element {@code
     * from + i} is word i, the lower half word {@code BLOCK + i}, and {@link #at} is 0.
     *
     * @param n how many draws, from 0
     * @throws IllegalArgumentException if n is negative
     */
    public static DrawCursor of64(PrngKey key, int n, JaxConfig config) {
        return new DrawCursor(key, n, config.threefryPartitionable(), true, -1);
    }

    /** 64-bit draws as {@link BlockLoops#compare64} leaves them. */
    static DrawCursor compared64(PrngKey key, int n, JaxConfig config, long threshold) {
        return new DrawCursor(key, n, config.threefryPartitionable(), true, threshold);
    }

    /** Goes to the next block; false if there is none. */
    public boolean next() {
        if (secondWords > 0) {
            at = BLOCK;
            from += counters;
            length = secondWords;
            secondWords = 0;
            return true;
        }
        at = 0;
        from = hashed;
        length = Math.min(BLOCK, counters - hashed);
        if (length == 0) {
            return false;
        }
        hashed += length;
        if (!partitionable) {
            LOOPS.hash(k0, k1, from, -1, counters + from, words, length);
            if (!wide) {
                pairElements();
            }
        } else if (wide) {
            LOOPS.hash(k0, k1, 0, 0, from, words, length);
        } else {
            LOOPS.draw32(k0, k1, from, words, length);
        }
        if (threshold >= 0) {
            LOOPS.compare64(words, length, threshold);
        }
        return true;
    }

    /** JAX's layout before 0.5.0: a counter serves two elements that are half the size apart. */
    private void pairElements() {
        secondWords = Math.min(length, n - counters - from);
        if (secondWords < length) {
            // The last counter of an odd draw is filled up with a zero.
            words[length - 1] = (int) (Threefry2x32.hash(k0, k1, counters - 1, 0) >>> 32);
        }
    }

    /** The array with this block's words. */
    public int[] words() {
        return words;
    }

    /** The index of the first draw among the words: 0 or {@link BlockLoops#BLOCK}. */
    public int at() {
        return at;
    }

    /** How many draws the block has: from 1 to {@link BlockLoops#BLOCK}. */
    public int length() {
        return length;
    }

    /** The index of the element that the first draw belongs to. */
    public int from() {
        return from;
    }
}
