/**
 * Reads and validates a job file before anything starts.
 *
 * <p>Belongs here: the options {@code source.*}, {@code sink.*} and {@code dead-letter.*} that do
 * not belong to a connector, which of several configurations an option is taken from, and the
 * sentences for all problems. Does not belong here: the meaning of {@code dropout.*} (see {@link
 * org.mydropout.flink.DropoutConfig}). A connector is registered in {@link
 * org.mydropout.job.config.Connectors}.
 *
 * <p>Promises: all problems of a job file are reported at once, each with option, rule and value. A
 * job file without a problem gives a {@link org.mydropout.job.augment.JobConfig}.
 */
package org.mydropout.job.config;
