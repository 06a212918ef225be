/**
 * What the property tests of decoders share, all of them named {@code *FuzzTest}.
 *
 * <p>Promises: the same inputs in each build, since the seed is fixed; more of them where {@code
 * jqwik.tries.default} is set, and others where {@code fuzz.seed} is. jqwik finds {@link
 * org.mydropout.fuzz.FuzzSeed} through {@code META-INF/services}.
 */
package org.mydropout.fuzz;
