package org.mydropout.kernel.random;

import static org.mydropout.kernel.random.BlockLoops.BLOCK;

/**
 * {@code jax.random.bits(key, (n,), uint32)}, drawn block by block in either layout. {@link
 * Bernoulli} shows how to use it. Instances are immutable.
 */
final class BlockBits {

    static final BlockLoops LOOPS = SimdService.fastest(BlockLoops.class, PlainLoops::new);

    /** An int[] is a class of the platform, so this pins no class loader. */
    private static final ThreadLocal<int[]> WORDS =
            ThreadLocal.withInitial(() -> new int[2 * BLOCK]);

    /**
     * JAX's layout before 0.5.0: a counter serves two elements, half the size of the draw apart.
     */
    private final boolean paired;

    /** Prepares draws, with {@code jax_threefry_partitionable} or without. */
    BlockBits(boolean partitionable) {
        this.paired = !partitionable;
    }

    /** The thread's buffer for one block. Finish one draw before the next begins. */
    static int[] words() {
        return WORDS.get();
    }

    /** How many blocks a draw of n elements has. */
    int blocks(int n) {
        return inHalves(n) ? 2 * blocksOf(half(n)) : blocksOf(n);
    }

    /** Whether the blocks are, in turn, of the first and of the second half of the draw. */
    private boolean inHalves(int n) {
        return paired && n > Bernoulli.SHORT;
    }

    private static int blocksOf(int counters) {
        return (int) (((long) counters + BLOCK - 1) / BLOCK);
    }

    /** The size of the first half, which includes the middle element of an odd draw. */
    private static int half(int n) {
        return n - n / 2;
    }

    /**
     * The index of the element that a block's first draw belongs to. Together the blocks have each
     * of the n elements exactly once.
     */
    int from(int n, int block) {
        return inHalves(n) ? block / 2 * BLOCK + block % 2 * half(n) : block * BLOCK;
    }

    /** The index of the word that is a block's first draw: 0 or {@link BlockLoops#BLOCK}. */
    int at(int n, int block) {
        return inHalves(n) ? block % 2 * BLOCK : 0;
    }

    /** Draws one block, as {@link Bernoulli#draw} says, and returns how many elements it has. */
    int draw(PrngKey key, int n, int block, int[] words) {
        if (paired) {
            return inHalves(n) ? drawHalves(key, n, block, words) : drawShortPairs(key, n, words);
        }
        int from = block * BLOCK;
        int length = Math.min(BLOCK, n - from);
        LOOPS.draw32(key.word0(), key.word1(), from, words, length);
        return length;
    }

    /**
     * There are two blocks for each block of counters: the counters' first words, then their second
     * words. The second ones are there as soon as the first ones are drawn.
     */
    private int drawHalves(PrngKey key, int n, int block, int[] words) {
        int half = half(n);
        int from = block / 2 * BLOCK;
        int counters = Math.min(BLOCK, half - from);
        int seconds = Math.min(counters, n - half - from);
        if (block % 2 == 1) {
            return seconds;
        }
        LOOPS.hash(key.word0(), key.word1(), from, -1, half + from, words, counters);
        if (seconds < counters) {
            words[counters - 1] = middleOfOddDraw(key, half);
        }
        return counters;
    }

    private static int drawShortPairs(PrngKey key, int n, int[] words) {
        int half = half(n);
        LOOPS.hashPairs(key.word0(), key.word1(), half, words, half);
        if (n < 2 * half) {
            words[half - 1] = middleOfOddDraw(key, half);
        }
        return n;
    }

    /**
     * The last counter of an odd draw is filled up with a zero, and its second word is not used.
     */
    private static int middleOfOddDraw(PrngKey key, int half) {
        return (int) (Threefry2x32.hash(key.word0(), key.word1(), half - 1, 0) >>> 32);
    }
}
