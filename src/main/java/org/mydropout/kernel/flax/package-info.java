/**
 * Flax's key threading: which key a module of a model draws from.
 *
 * <p>Belongs here: named streams, module paths and {@code make_rng}. Does not belong here: the
 * arithmetic of keys (see {@link org.mydropout.kernel.random}).
 *
 * <p>Promises: keys equal those of Flax Linen, with the fallback to {@code params} as since Flax
 * 0.8.2, and never change.
 */
package org.mydropout.kernel.flax;
