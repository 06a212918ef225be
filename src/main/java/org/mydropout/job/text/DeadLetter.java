package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * A line that could not be decoded.
 *
 * @param reason the kind of the refusal
 * @param message the sentence of the refusal
 * @param record the unchanged bytes of the line; null for a tombstone
 * @param source the place of the line
 * @param envelope the metadata of the message; null for a line of a file
 */
public record DeadLetter(
        DeadLetterReason reason,
        String message,
        @Nullable byte[] record,
        String source,
        @Nullable MessageMetadata envelope) {

    /** The dead letter for a refused line. */
    public static DeadLetter of(SourceRecord line, RefusedLineException refusal) {
        return new DeadLetter(
                refusal.reason(),
                refusal.getMessage(),
                line.text(),
                line.source(),
                line.envelope());
    }
}
