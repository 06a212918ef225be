/**
 * Verification: makes the records of a job again from its input and compares them with its output.
 *
 * <p>Belongs here: the topology of a verification, the compared parts of a record, and the counting
 * and describing of differences. Does not belong here: printing (see {@link org.mydropout.job}).
 *
 * <p>Promises: neither input nor output is held in memory. Every expected record counts as equal,
 * different or missing. Every found record counts as equal, different, unexpected or repeated.
 */
package org.mydropout.job.verify;
