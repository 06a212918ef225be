package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * A line from a source: a line of a file, or the value of a message.
 *
 * @param text the bytes of the line or the value, without a line end; only the beginning if the
 *     line is longer than the source's limit; null for a message without a value (a tombstone)
 * @param length the full length of the line in bytes, equal to {@code text.length} unless the line
 *     was cut
 * @param size the bytes of the source for this line: the line with its line end, and for the first
 *     line of a file also its byte order mark and header
 * @param origin the origin of the line: the path of a file, or a topic and partition
 * @param position the position in the origin: the line number in a file, from 1, or the offset of a
 *     message
 * @param envelope the metadata of the message; null for a line of a file
 */
public record SourceRecord(
        @Nullable byte[] text,
        long length,
        long size,
        String origin,
        long position,
        @Nullable MessageMetadata envelope) {

    /** A line of a file that ends with a line feed. */
    public SourceRecord(byte[] text, long length, String origin, long position) {
        this(text, length, length + 1, origin, position, null);
    }

    /** The value of a message. */
    public SourceRecord(
            @Nullable byte[] value,
            long length,
            String origin,
            long position,
            MessageMetadata envelope) {
        this(value, length, length, origin, position, envelope);
    }

    /** Whether the source's limit cut the line. */
    public boolean isCut() {
        return text != null && length > text.length;
    }

    /**
     * Whether it is a line of a file with only white space, which is skipped. A blank message is
     * not skipped, but refused.
     */
    public boolean isBlankLine() {
        if (envelope != null || text == null || isCut()) {
            return false;
        }
        for (byte character : text) {
            if (!JsonTokens.isSpace(character)) {
                return false;
            }
        }
        return true;
    }

    /** The place of the line for people: {@code origin:position}. */
    public String source() {
        return origin + ":" + position;
    }
}
