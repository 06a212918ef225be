/**
 * The Flink job: source, decoding, keyed dropout, sink and dead letters, wired together.
 *
 * <p>Belongs here: the topology, the functions that stand between source and sink, and the counts
 * that a run is summed up by. Does not belong here: reading options (see {@link
 * org.mydropout.job.config}) and printing (see {@link org.mydropout.job}).
 *
 * <p>Promises: operator uids are {@code source}, {@code decode}, {@code dropout}, {@code sink} and
 * {@code dead-letter}, and stay so, since savepoints name them; records in = records out + dead
 * letters, in what is written also over a recovery.
 */
package org.mydropout.job.pipeline;
