package org.mydropout.job.record;

/**
 * A line that could not be decoded.
 *
 * @param reason what kind of refusal it was
 * @param message the refusal as a sentence
 * @param record the line's bytes as they came
 * @param source where the line came from
 */
public record DeadLetter(DeadLetterReason reason, String message, byte[] record, String source) {}
