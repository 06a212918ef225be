/**
 * For users' own tests: an assertion that a pipeline is replayable.
 *
 * <p>Belongs here: what runs a pipeline in several ways and compares what it gives. Does not belong
 * here: anything that needs a test framework. A failed check is an {@link AssertionError}, so it
 * works in any; and since it needs nothing but Flink's own local mode, it comes with the jar.
 *
 * <p>Promises: a pipeline that passes gave records, and gave the same ones, byte for byte in
 * Flink's own serialization, in every run that {@link org.mydropout.testkit.ReplayCheck} lists.
 */
package org.mydropout.testkit;
