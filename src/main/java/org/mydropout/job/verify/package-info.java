/**
 * Verification: makes the records of a job again from its input and compares them with its output.
 *
 * <p>Belongs here: the topology of a verification, what is compared of a record, and how
 * differences are counted and shown. Does not belong here: printing (see {@link
 * org.mydropout.job}).
 *
 * <p>Promises: neither input nor output is held in memory. The equal, different and missing records
 * are all that are expected; the equal, different, unexpected and repeated ones are all that were
 * found.
 */
package org.mydropout.job.verify;
