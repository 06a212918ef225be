/**
 * Helpers of the property tests of decoders, which are named {@code *FuzzTest}.
 *
 * <p>Promises: the inputs are the same in each build, because the seed is fixed. {@code
 * jqwik.tries.default} sets their number, and {@code fuzz.seed} another seed. jqwik finds {@link
 * org.mydropout.fuzz.FuzzSeed} through {@code META-INF/services}.
 */
package org.mydropout.fuzz;
