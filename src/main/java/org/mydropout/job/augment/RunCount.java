package org.mydropout.job.augment;

import java.util.Map;

/** What a run counts. Each is a Flink accumulator of the job, under its constant's name. */
public enum RunCount {
    /** Lines read from the source, header lines and blank lines not counted. */
    RECORDS_IN,
    /** Lines of files with nothing but white space, which are skipped. */
    BLANK_LINES,
    /** Bytes of these lines, with a line end each. */
    BYTES_IN,
    /** Records handed to the sink. */
    RECORDS_OUT,
    /** Lines that could not be decoded. */
    DEAD_LETTERS,
    /** Vector elements that a mask kept, or that passed without one. */
    ELEMENTS_KEPT,
    /** Vector elements that a mask dropped. */
    ELEMENTS_DROPPED,
    /** Records whose step was not greater than those of their id before them. */
    KEYS_REUSED,
    /** Subtasks in their first attempt: 0 once a stream has been restarted. */
    FIRST_ATTEMPTS;

    /** Name of the accumulator that holds the number of the last completed checkpoint. */
    static final String LAST_CHECKPOINT = "LAST_CHECKPOINT";

    /** The number of the last completed checkpoint; 0 before the first. */
    public static long lastCheckpoint(Map<String, Object> accumulators) {
        return Math.max(0, (Long) accumulators.getOrDefault(LAST_CHECKPOINT, 0L));
    }

    /** This count among a job's accumulators; 0 before any task has reported it. */
    public long of(Map<String, Object> accumulators) {
        return (Long) accumulators.getOrDefault(name(), 0L);
    }
}
