/**
 * The float32 mathematics of XLA's code for CPUs, in plain Java.
 *
 * <p>Belongs here: functions of numbers and arrays whose bits depend on how XLA approximates,
 * contracts and orders operations. Does not belong here: random bits (see {@link
 * org.mydropout.kernel.random}).
 *
 * <p>Promises: results equal, bit for bit, what jaxlib 0.10.2 computes under {@code jax.jit} on
 * x86-64 CPUs with FMA; all NaNs count as equal. This is the profile {@link
 * org.mydropout.kernel.math.XlaMath#PROFILE}. Another XLA may compute other bits: a second profile
 * would then stand beside this one, which stays as it is.
 */
package org.mydropout.kernel.math;
