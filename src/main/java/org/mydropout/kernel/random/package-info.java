/**
 * JAX's counter-based random numbers: keys, fold in, split and draws.
 *
 * <p>Belongs here: the Threefry-2x32 generator, {@link org.mydropout.kernel.random.PrngKey}, the
 * draws of {@code jax.random}, and the loops that have a second form with SIMD instructions. Does
 * not belong here: which key is drawn from (see {@link org.mydropout.kernel.flax}) and what is done
 * with a draw (see {@link org.mydropout.kernel.layer}).
 *
 * <p>Promises: keys and bits equal those of JAX's {@code threefry2x32}, under either value of
 * {@code jax_threefry_partitionable} and of {@code jax_enable_x64}, and never change.
 */
package org.mydropout.kernel.random;
