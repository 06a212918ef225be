package org.mydropout.job.text;

/**
 * Why a line was refused. The names of the constants are the codes in a dead letter's {@code
 * reason}.
 */
public enum DeadLetterReason {
    /** The message has no value. */
    TOMBSTONE,
    /** The message contains a line end, but line ends separate the lines of the sink. */
    LINE_END,
    /** The line is longer than {@code source.max-line-size}. */
    LINE_TOO_LONG,
    /** The line is not UTF-8. */
    INVALID_UTF8,
    /** The line is not one JSON object, or not one row of the CSV columns. */
    MALFORMED,
    /** A field that the job reads is missing. */
    MISSING_FIELD,
    /** A field that the job reads is null. */
    NULL_FIELD,
    /** A field that the job reads has the wrong type, such as a string instead of a number. */
    WRONG_TYPE,
    /**
     * A number does not fit: an id or step outside its type, a decimal beyond the type of the
     * vector, a logit that is NaN or Infinity.
     */
    OUT_OF_RANGE,
    /** The vector has not the shape that the job says, or one that a layer cannot be applied to. */
    WRONG_SHAPE
}
