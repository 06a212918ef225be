/**
 * Layers that draw: pure functions of a key and a vector; and the decision whether a record is in a
 * sample or in which part of a split.
 *
 * <p>Belongs here: the layers, their arithmetic and its loops, and the keyed transform of one
 * record. Does not belong here: the source of vectors. A new layer is a class with a {@link
 * org.mydropout.kernel.layer.LayerType}, from which options and SQL functions follow.
 *
 * <p>Promises: results equal, bit for bit, those of the Flax module that {@link
 * org.mydropout.kernel.layer.LayerType} prints, under {@code jax.jit} on CPUs. Inputs are never
 * written to.
 *
 * <p>Shown by {@code LayerContractTest} with golden vectors, and by {@code compare_layers.py} on a
 * million elements of each layer of {@link org.mydropout.kernel.layer.LayerType}.
 */
package org.mydropout.kernel.layer;
