package org.mydropout.job.verify;

import org.mydropout.job.augment.JobConfig;

/**
 * A job that has run, whose output is verified.
 *
 * @param job what it did
 * @param keepsTimestamps whether the records of its output have the timestamps of its input
 */
public record VerificationConfig(JobConfig job, boolean keepsTimestamps) {}
