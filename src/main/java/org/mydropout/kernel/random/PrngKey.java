package org.mydropout.kernel.random;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A JAX PRNG key of the {@code threefry2x32} implementation: two uint32 words. {@code
 * jax.random.PRNGKey} has them in an array, {@code jax.random.key} in a typed key.
 *
 * <p>A key that is sampled (given to a draw of {@link JaxRandom} or to a layer) must not also be
 * folded or split: a 64-bit draw <em>is</em> the sequence of the key's children.
 *
 * @param word0 the first word; all 32 bits are significant, the sign has no meaning
 * @param word1 the second word
 */
public record PrngKey(int word0, int word1) {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    /**
     * {@code jax.random.PRNGKey(seed)} with JAX's default configuration, which keeps only the low
     * 32 bits of the seed: seeds that are equal modulo 2^32 give the same key.
     *
     * @param seed any signed 64-bit integer
     */
    public static PrngKey of(long seed) {
        return of(seed, JaxConfig.DEFAULT);
    }

    /**
     * {@code jax.random.PRNGKey(seed)} for a Python {@code int} (JAX: {@code threefry_seed}).
     *
     * @param seed any signed 64-bit integer; with x64 off its low 32 bits count
     */
    public static PrngKey of(long seed, JaxConfig config) {
        return new PrngKey(config.enableX64() ? (int) (seed >>> 32) : 0, (int) seed);
    }

    /**
     * {@code jax.random.fold_in(key, data)}: the child key for {@code data}. It is the same in
     * every configuration.
     *
     * @param data 0 … 2^32-1
     * @throws IllegalArgumentException if data is outside that range, as JAX refuses it too
     */
    public PrngKey foldIn(long data) {
        if (data < 0 || data > MAX_UINT32) {
            throw new IllegalArgumentException(
                    "The data folded into a key must be from 0 to 4294967295 (a uint32), but is "
                            + data
                            + ".");
        }
        return foldWord((int) data);
    }

    /**
     * {@link #foldIn} of a word as an int: all 32 bits are significant, the sign has no meaning.
     */
    public PrngKey foldWord(int data) {
        long words = Threefry2x32.hash(word0, word1, 0, data);
        return new PrngKey((int) (words >>> 32), (int) words);
    }

    /**
     * {@code jax.random.split(key, n)}.
     *
     * @param n how many keys, from 0; JAX's default is 2
     * @return n keys; in the partitionable layout they are the first n of any longer split
     * @throws IllegalArgumentException if n is negative
     */
    public List<PrngKey> split(int n, JaxConfig config) {
        JaxRandom.requireSize(n);
        if (config.threefryPartitionable()) {
            return IntStream.range(0, n).mapToObj(this::foldIn).toList();
        }
        long[] words = JaxRandom.bits(this, JaxRandom.requireSize(2L * n), Integer.SIZE, config);
        return IntStream.range(0, n)
                .mapToObj(i -> new PrngKey((int) words[2 * i], (int) words[2 * i + 1]))
                .toList();
    }

    /** The key as JAX prints it, with unsigned words: {@code [1797259609 2579123966]}. */
    @Override
    public String toString() {
        return "[%s %s]"
                .formatted(Integer.toUnsignedString(word0), Integer.toUnsignedString(word1));
    }
}
