package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * A line from a source: a line of a file, or the value of a message.
 *
 * @param text the bytes between two line ends, or those of the value; only some at the beginning
 *     when the line is longer than the source's limit; null for a message without a value, a
 *     tombstone
 * @param length the line's whole length in bytes, equal to {@code text.length} unless it was cut
 * @param size how many bytes of the source it accounts for: the line with its end as it was, and
 *     before the first line of a file its byte order mark and its header
 * @param origin what the line was read from: a file's path, or a topic and partition
 * @param position where in the origin: the line number of a file, from 1, or a message's offset; of
 *     a row of several lines that of the first
 * @param place a name of the origin that does not change where the source's directory is moved: a
 *     file's path below that directory, or the origin itself
 * @param number the record's in the origin: from 1 in a file, blank lines and the header not
 *     counted, or the offset
 * @param envelope what came with the message; null for a line of a file
 */
public record SourceRecord(
        @Nullable byte[] text,
        long length,
        long size,
        String origin,
        long position,
        String place,
        long number,
        @Nullable MessageMetadata envelope) {

    /** A line of a file that no other directory has, ended by a line feed. */
    public SourceRecord(byte[] text, long length, String origin, long position) {
        this(text, length, length + 1, origin, position, origin, position, null);
    }

    /** The value of a message. */
    public SourceRecord(
            @Nullable byte[] value,
            long length,
            String origin,
            long position,
            MessageMetadata envelope) {
        this(value, length, length, origin, position, origin, position, envelope);
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
        return isBlank(text);
    }

    /** Whether a line has nothing but white space. */
    public static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (!JsonTokens.isSpace(character)) {
                return false;
            }
        }
        return true;
    }

    /** The id that the record has by its place: {@code place:number}. */
    String placeId() {
        return place + ":" + number;
    }

    /** Where the line came from, as a person looks it up: {@code origin:position}. */
    public String source() {
        return origin + ":" + position;
    }
}
