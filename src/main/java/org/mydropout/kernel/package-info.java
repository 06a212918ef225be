/**
 * Everything that decides the bits of a result, in plain Java: draws, keys and layers.
 *
 * <p>Belongs here, each package using only those above it:
 *
 * <ul>
 *   <li>{@link org.mydropout.kernel.math}: XLA's float32 mathematics.
 *   <li>{@link org.mydropout.kernel.random}: JAX's random numbers.
 *   <li>{@link org.mydropout.kernel.flax}: Flax's key threading.
 *   <li>{@link org.mydropout.kernel.layer}: the layers, and the transform of one record.
 * </ul>
 *
 * <p>Nothing here does input or output, logs, or knows Flink. The packages depend on {@code
 * java.base} alone, and a test enforces that. So they cannot carry Flink's stability annotations:
 * every public type here is experimental. Its Java API may change with any version, but the results
 * that it computes may not.
 *
 * <h2>What is promised</h2>
 *
 * <ul>
 *   <li><b>Bits and keys</b> are equal to those of JAX's default {@code threefry2x32} generator,
 *       under either value of {@code jax_threefry_partitionable} and of {@code jax_enable_x64},
 *       forever: a version that changed one bit of them would be wrong. The algorithm is fixed by
 *       Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), and by JAX since
 *       0.3.24; JAX's default is the partitionable layout since 0.5.0.
 *   <li><b>Masks</b> are equal to those that Flax Linen derives from the same streams, forever as
 *       well.
 *   <li><b>Scaled floats</b> are equal, bit for bit, to what XLA computes on CPUs for {@code
 *       jnp.where(mask, x / keep_prob, 0)} under {@code jax.jit}, as checked with JAX and jaxlib
 *       0.10.2 and Flax 0.12.8. JAX does not promise how XLA compiles a division. If that changes,
 *       a new {@link org.mydropout.kernel.layer.MyDropout.Scaling} will follow it, and the old ones
 *       stay as they are. The payload of a NaN is not promised.
 * </ul>
 */
package org.mydropout.kernel;
