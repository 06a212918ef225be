package org.mydropout.job.verify;

import java.util.Map;

/**
 * The counts of a verification. Each is a Flink accumulator of the job with the name of its
 * constant.
 */
public enum VerifyCount {
    /** Output records that equal an expected record bit for bit, as often as expected. */
    EQUAL,
    /** Output records that differ from the expected record of the same id and step. */
    DIFFERENT,
    /** Expected records that are not in the output. */
    MISSING,
    /**
     * Output records without an expected record of their id and step, or lines that are not
     * records.
     */
    UNEXPECTED,
    /** Output records that equal an expected record, but occur more often than expected. */
    REPEATED;

    /** The value of this count in a job's accumulators; 0 if no task has reported it. */
    public long of(Map<String, Object> accumulators) {
        return (Long) accumulators.getOrDefault(name(), 0L);
    }
}
