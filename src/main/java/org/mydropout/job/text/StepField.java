package org.mydropout.job.text;

/** How a job treats the field of the step. */
public enum StepField {
    /** The field is read and stays unchanged. */
    READ,
    /** The field is read, or counts as 0 if it is missing, and is then set. */
    READ_OR_ZERO,
    /** The field is set, whatever its value, except in a record that passes unchanged. */
    SET,
    /**
     * For reading an output of {@link #SET}: the field is read, except in a record that passes
     * unchanged, whose step counts as 0.
     */
    WAS_SET
}
