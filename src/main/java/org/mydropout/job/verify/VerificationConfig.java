package org.mydropout.job.verify;

import org.mydropout.job.augment.JobConfig;

/**
 * A finished job, and how its output is verified.
 *
 * @param job the configuration of the job
 * @param keepsTimestamps whether the records of the output have the timestamps of the input
 */
public record VerificationConfig(JobConfig job, boolean keepsTimestamps) {}
