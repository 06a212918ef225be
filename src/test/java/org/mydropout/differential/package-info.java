/**
 * The differential run: compares random records bit by bit between the kernel in plain Java, the
 * kernel with the Vector API, and the real JAX and Flax.
 *
 * <p>{@link org.mydropout.differential.Differential} starts it. All random values are derived from
 * a salt and the number of a batch, so that a difference can be repeated.
 */
package org.mydropout.differential;
