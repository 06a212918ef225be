/**
 * Layers that draw: pure functions of a key and a vector.
 *
 * <p>Belongs here: the layers, their arithmetic, and the keyed transform of one record. Does not
 * belong here: the source of vectors.
 *
 * <p>Promises: results equal, bit for bit, those of the Flax layer with the same name under {@code
 * jax.jit} on CPUs. Inputs are never written to.
 *
 * <p>Shown by {@code LayerContractTest} with golden vectors, and by {@code compare_layers.py} on a
 * million elements of each layer of {@link org.mydropout.kernel.layer.LayerType}.
 */
package org.mydropout.kernel.layer;
