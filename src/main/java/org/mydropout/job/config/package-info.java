/**
 * What a job file says, read and validated before anything starts.
 *
 * <p>Belongs here: the {@code source.*}, {@code sink.*} and {@code dead-letter.*} options, how the
 * layers of configuration lie over each other, and the sentences for everything that is wrong with
 * them. Does not belong here: the meaning of {@code dropout.*}, which {@link
 * org.mydropout.flink.DropoutConfig} has.
 *
 * <p>Promises: a job file's problems are reported all at once, each naming the option, the rule and
 * the value; a {@link org.mydropout.job.augment.JobConfig} that exists can be run.
 */
package org.mydropout.job.config;
