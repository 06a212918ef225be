/**
 * Layers that draw: pure functions of a key and a vector.
 *
 * <p>Belongs here: each layer's arithmetic, and what a layer does with its draws. Does not belong
 * here: where vectors come from.
 *
 * <p>Promises: results equal, bit for bit, what XLA computes on CPUs for the Flax layer of the same
 * name under {@code jax.jit}; inputs are never written to.
 *
 * <p>Shown by {@code LayerContractTest} with golden vectors, and by {@code compare_layers.py} on a
 * million elements of each layer of {@link org.mydropout.kernel.layer.LayerType}.
 */
package org.mydropout.kernel.layer;
