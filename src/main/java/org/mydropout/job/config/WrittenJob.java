package org.mydropout.job.config;

/**
 * A job that has run, whose output is verified.
 *
 * @param job what it did
 * @param keepsTimestamps whether the records of its output have the timestamps of its input
 */
public record WrittenJob(JobConfig job, boolean keepsTimestamps) {}
