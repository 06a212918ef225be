package org.mydropout.job.verify;

import java.util.Map;

/**
 * What a verification counts. Each is a Flink accumulator of the job, under its constant's name.
 */
public enum VerifyCount {
    /** Output records that are what their input gives, bit for bit, and as often. */
    EQUAL,
    /** Output records in the place of one with the same id and step, and not equal to it. */
    DIFFERENT,
    /** Expected records that are not in the output. */
    MISSING,
    /** Output records with nothing that they could stand for, or lines that are no records. */
    UNEXPECTED,
    /** Output records that are right, but there more often than expected. */
    REPEATED;

    /** This count among a job's accumulators; 0 if no task has counted any. */
    public long of(Map<String, Object> accumulators) {
        return (Long) accumulators.getOrDefault(name(), 0L);
    }
}
