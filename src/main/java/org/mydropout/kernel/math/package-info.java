/**
 * The mathematics of XLA's code for CPUs, in plain Java: float32 functions and sums, and the
 * rounding of other types.
 *
 * <p>Belongs here: functions whose bits depend on how XLA approximates, contracts and orders
 * operations. Does not belong here: random bits (see {@link org.mydropout.kernel.random}).
 *
 * <p>Promises: results equal, bit for bit, those of jaxlib 0.10.2 under {@code jax.jit} on x86-64
 * CPUs with FMA; all NaNs count as equal. This is the profile {@link
 * org.mydropout.kernel.math.XlaMath#PROFILE}. If another XLA computes other bits, a second profile
 * is added and this one stays as it is.
 */
package org.mydropout.kernel.math;
