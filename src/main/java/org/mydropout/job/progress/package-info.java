/**
 * How far a running job is.
 *
 * <p>Belongs here: reading a running job's accumulators, rates and shares, and the line that tells
 * them. Does not belong here: what is counted (see {@link org.mydropout.job.augment}).
 *
 * <p>Promises: nothing is written to standard output, which is for results.
 */
package org.mydropout.job.progress;
