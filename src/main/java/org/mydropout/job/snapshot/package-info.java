/**
 * Checkpoints and savepoints on a file system, for a job that continues from one of them.
 *
 * <p>Belongs here: where Flink puts snapshots, which of them are complete, and whether Flink starts
 * the same job again. Does not belong here: their state.
 *
 * <p>Promises: nothing is written; each snapshot that is returned is complete.
 */
package org.mydropout.job.snapshot;
