/**
 * For users' own tests: an assertion that a pipeline is replayable.
 *
 * <p>Belongs here: what runs a pipeline in several ways and compares what it gives. Does not belong
 * here: anything that needs a test framework. A failed check is an {@link AssertionError}, so the
 * check works in any framework. It comes with the jar, because Flink's local mode is all it needs.
 *
 * <p>Promises: a pipeline that passes gave records, and gave the same ones, byte for byte in
 * Flink's own serialization, in every run that {@link org.mydropout.testkit.ReplayCheck} lists.
 */
package org.mydropout.testkit;
