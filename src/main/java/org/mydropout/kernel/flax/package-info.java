/**
 * Flax's key threading: the key that each module of a model draws from.
 *
 * <p>Belongs here: named streams, module paths, {@code make_rng}, and the keys of records. Does not
 * belong here: the arithmetic of keys (see {@link org.mydropout.kernel.random}).
 *
 * <p>Promises: keys equal those of Flax Linen, including the fallback to {@code params} since Flax
 * 0.8.2, and never change.
 */
package org.mydropout.kernel.flax;
