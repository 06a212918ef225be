/**
 * Reads and validates a job file before anything starts.
 *
 * <p>Belongs here: the options {@code source.*}, {@code sink.*} and {@code dead-letter.*} that do
 * not belong to a connector, the layers of configuration, and the sentences for all problems. Does
 * not belong here: the meaning of {@code dropout.*} (see {@link
 * org.mydropout.flink.DropoutConfig}).
 *
 * <p>Promises: all problems of a job file are reported at once, each with option, rule and value. A
 * job with a {@link org.mydropout.job.augment.JobConfig} can run.
 */
package org.mydropout.job.config;
