/**
 * What the property tests of decoders share, all of them named {@code *FuzzTest}.
 *
 * <p>Promises: the same inputs in each build, since seeds are fixed; more of them where {@code
 * jqwik.tries.default} is set.
 */
package org.mydropout.fuzz;
