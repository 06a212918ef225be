/**
 * Checkpoints and savepoints on a file system, for a job that continues from one of them.
 *
 * <p>Belongs here: where Flink puts snapshots, and which of them are complete. Does not belong
 * here: their state.
 *
 * <p>Promises: nothing is written; each snapshot that is returned is complete.
 */
package org.mydropout.job.snapshot;
