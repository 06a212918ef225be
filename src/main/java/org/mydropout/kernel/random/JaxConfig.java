package org.mydropout.kernel.random;

/**
 * The two JAX settings that change random bits. In JAX they are global; here they are an argument.
 *
 * @param threefryPartitionable {@code jax_threefry_partitionable}: the counter of an element is its
 *     own index, so that a draw is a prefix of any longer draw with the same key. False is JAX's
 *     layout before 0.5.0, in which the bits of an element also depend on the size of the draw.
 * @param enableX64 {@code jax_enable_x64}: seeds keep all 64 bits, and a probability given as a
 *     double is compared with 64-bit draws rather than 32-bit ones
 */
public record JaxConfig(boolean threefryPartitionable, boolean enableX64) {

    /** JAX's own defaults since 0.5.0: partitionable, 32-bit. */
    public static final JaxConfig DEFAULT = new JaxConfig(true, false);
}
