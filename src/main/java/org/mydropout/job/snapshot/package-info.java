/**
 * Checkpoints and savepoints on a file system, as a job finds them that is to go on from one.
 *
 * <p>Belongs here: where Flink puts snapshots, and which of them are complete. Does not belong
 * here: what is in their states.
 *
 * <p>Promises: nothing is written; a snapshot that is given is complete.
 */
package org.mydropout.job.snapshot;
