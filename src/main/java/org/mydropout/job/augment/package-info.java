/**
 * The Flink job that augments records: source, decoding, keyed dropout, sink and dead letters.
 *
 * <p>Belongs here: the topology, the functions in it, and the counts that a run is summed up by.
 * Does not belong here: reading options (see {@link org.mydropout.job.config}) and printing (see
 * {@link org.mydropout.job}).
 *
 * <p>Promises: the operator uids are {@code source}, {@code decode}, {@code dropout}, {@code sink}
 * and {@code dead-letter}, and stay so, since savepoints name them; records in = records out + dead
 * letters, also over a recovery, and lines = records in + blank lines.
 */
package org.mydropout.job.augment;
