/**
 * The Flink jobs: source, decoding, keyed dropout, sink and dead letters, wired together; and the
 * verification, which makes the records of such a job again and compares them with its output.
 *
 * <p>Belongs here: both topologies, the functions that stand in them, and the counts and
 * differences that a run or a verification is summed up by. Does not belong here: reading options
 * (see {@link org.mydropout.job.config}) and printing (see {@link org.mydropout.job}).
 *
 * <p>Promises: a job's operator uids are {@code source}, {@code decode}, {@code dropout}, {@code
 * sink} and {@code dead-letter}, and stay so, since savepoints name them; records in = records out
 * + dead letters, in what is written also over a recovery. A verification's operators have no uids,
 * and it holds neither input nor output in memory; its equal, different and missing records are all
 * that are expected, and its equal, different, unexpected and repeated ones all that were found.
 */
package org.mydropout.job.pipeline;
