package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * A line that could not be decoded.
 *
 * @param reason what kind of refusal it was
 * @param message the refusal as a sentence
 * @param record the line's bytes as they came; null for a tombstone
 * @param source where the line came from
 * @param envelope what came with the message; null for a line of a file
 */
public record DeadLetter(
        DeadLetterReason reason,
        String message,
        @Nullable byte[] record,
        String source,
        @Nullable MessageMetadata envelope) {

    /** The letter for a line that was refused. */
    public static DeadLetter of(SourceRecord line, RefusedLineException refusal) {
        return new DeadLetter(
                refusal.reason(),
                refusal.getMessage(),
                line.text(),
                line.source(),
                line.envelope());
    }
}
