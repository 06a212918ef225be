package org.mydropout.job.record;

/**
 * One line as a source read it.
 *
 * @param text the bytes between two line ends; only some at the beginning when the line is longer
 *     than the source's limit
 * @param length the line's whole length in bytes, equal to {@code text.length} unless it was cut
 * @param origin what the line was read from, a file's path for example
 * @param position where in the origin: the line number of a file, from 1
 */
public record SourceLine(byte[] text, long length, String origin, long position) {

    /** Whether the source's limit cut the line. */
    public boolean isCut() {
        return length > text.length;
    }

    /** Where the line came from, as a person looks it up: {@code origin:position}. */
    public String source() {
        return origin + ":" + position;
    }
}
