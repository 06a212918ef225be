/**
 * JAX's counter-based random numbers: keys, {@code fold_in}, {@code split} and draws.
 *
 * <p>Belongs here: the Threefry-2x32 generator, {@link org.mydropout.kernel.random.PrngKey}, the
 * draws of {@code jax.random}, and the loops over random bits that also have an implementation with
 * the Vector API. Does not belong here: the choice of the key (see {@link
 * org.mydropout.kernel.flax}) and the use of a draw (see {@link org.mydropout.kernel.layer}).
 *
 * <p>Promises: keys and bits equal those of JAX's {@code threefry2x32}, under either value of
 * {@code jax_threefry_partitionable} and of {@code jax_enable_x64}, and never change.
 */
package org.mydropout.kernel.random;
