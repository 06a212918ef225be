/**
 * The progress of a running job.
 *
 * <p>Belongs here: reading a running job's accumulators, rates and shares, and the line that shows
 * them. Does not belong here: the counts themselves (see {@link org.mydropout.job.augment}).
 *
 * <p>Promises: nothing is written to standard output, which is for results.
 */
package org.mydropout.job.progress;
