/**
 * An assertion for users' own tests: a pipeline is replayable.
 *
 * <p>Belongs here: code that runs a pipeline in several ways and compares the outputs. Does not
 * belong here: anything that needs a test framework. A failed check throws an {@link
 * AssertionError}, so it works in any framework. The package is in the jar, because it needs only
 * Flink's local mode.
 *
 * <p>Promises: a pipeline that passes gives at least one record, and the same records in every run
 * that {@link org.mydropout.testkit.ReplayCheck} lists, byte for byte in Flink's own serialization.
 */
package org.mydropout.testkit;
