package org.mydropout.job.text;

/** Why a line was refused. The constants' names are the codes in a dead letter's {@code reason}. */
public enum DeadLetterReason {
    /** The message has no value. */
    TOMBSTONE,
    /** A message holds a line end, and the sink separates lines by them. */
    LINE_END,
    /** The line is longer than {@code source.max-line-size}. */
    LINE_TOO_LONG,
    /** The line's bytes are not UTF-8. */
    INVALID_UTF8,
    /** The line is not one JSON object, or not one row of the CSV columns. */
    MALFORMED,
    /** A field that the job reads is not there. */
    MISSING_FIELD,
    /** A field that the job reads is null. */
    NULL_FIELD,
    /** A field that the job reads is of another type: a text for a number, say. */
    WRONG_TYPE,
    /** A number does not fit: an id or step outside its type, a decimal beyond float32. */
    OUT_OF_RANGE
}
