/**
 * The Flink job that augments records: source, decoding, keyed dropout, sink and dead letters.
 *
 * <p>Belongs here: the topology, its functions, and the counts for the summary of a run. Does not
 * belong here: reading options (see {@link org.mydropout.job.config}) and printing (see {@link
 * org.mydropout.job}).
 *
 * <p>Promises: the operator uids are {@code source}, {@code decode}, {@code dropout}, {@code sink}
 * and {@code dead-letter}, and do not change, because savepoints contain them. Records in = records
 * out + dead letters, also across a recovery. What a source reads and is not a record, such as a
 * blank line, is counted.
 */
package org.mydropout.job.augment;
