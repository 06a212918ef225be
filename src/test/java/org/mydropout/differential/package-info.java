/**
 * The differential run: random records through the kernel, in plain Java and with the Vector API,
 * and through the real JAX and Flax, bit by bit.
 *
 * <p>{@link org.mydropout.differential.Differential} starts it. Everything random follows from a
 * salt and the number of a batch, so that a difference can be had again.
 */
package org.mydropout.differential;
