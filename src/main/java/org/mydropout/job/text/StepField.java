package org.mydropout.job.text;

/** What the field of the step is to a job. */
public enum StepField {
    /** It is read, and stays as it is written. */
    READ,
    /** It is read where a record has it, and counts as 0 where not; then it is set. */
    READ_OR_ZERO,
    /** It is set, whatever it holds; in a record that passes unchanged it stays. */
    SET,
    /**
     * As {@link #SET} has left it: it is read, but not in a record that passes unchanged, whose
     * step counts as 0.
     */
    WAS_SET
}
