package org.mydropout.job.augment;

import java.util.Map;

/** The counts of a run. Each is a Flink accumulator of the job with the name of its constant. */
public enum RunCount {
    /** Lines read from the source, without header lines and blank lines. */
    RECORDS_IN,
    /** Lines of files that contain only white space, which are skipped. */
    BLANK_LINES,
    /** Bytes read from the source: of records, blank lines, line ends, headers and marks. */
    BYTES_IN,
    /** Those of blank lines. */
    BYTES_BLANK,
    /** Those of lines that could not be decoded. */
    BYTES_DEAD,
    /** Records that {@code augment.copies} makes beside the first of each line. */
    COPIES,
    /** Records sent to the sink. */
    RECORDS_OUT,
    /** Lines that could not be decoded. */
    DEAD_LETTERS,
    /** Records that are not in the sample. */
    NOT_SAMPLED,
    /** Vector elements that a mask kept, or that passed without one. */
    ELEMENTS_KEPT,
    /** Vector elements that a mask dropped. */
    ELEMENTS_DROPPED,
    /** Records whose step was not greater than every earlier step of their id. */
    KEYS_REUSED,
    /** Subtasks in their first attempt; 0 after a stream was restarted. */
    FIRST_ATTEMPTS;

    /** Name of the accumulator with the number of the last completed checkpoint. */
    static final String LAST_CHECKPOINT = "LAST_CHECKPOINT";

    /** Name of the accumulator with how many elements are dropped on average. */
    static final String EXPECTED_DROPPED = "EXPECTED_DROPPED";

    /** How many elements of the run are dropped on average, from the rates and shapes. */
    public static double expectedDropped(Map<String, Object> accumulators) {
        return (Double) accumulators.getOrDefault(EXPECTED_DROPPED, 0.0);
    }

    /** The number of the last completed checkpoint; 0 before the first. */
    public static long lastCheckpoint(Map<String, Object> accumulators) {
        return Math.max(0, (Long) accumulators.getOrDefault(LAST_CHECKPOINT, 0L));
    }

    /** The value of this count in a job's accumulators; 0 before any task has reported it. */
    public long of(Map<String, Object> accumulators) {
        return (Long) accumulators.getOrDefault(name(), 0L);
    }
}
