package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.InputStream;

/**
 * A line's bytes as a JSON parser takes them. The parser gets no byte beyond the opening bracket of
 * a field's array, or the opening quote of its text, before it has come to that value, so that what
 * the value holds can be read from the line's bytes and be left out of what the parser sees.
 */
final class LineInput extends InputStream {

    private final byte[] line;
    private final char opening;
    private int position;

    /** Where bytes were left out: the index of the first of them, and how many. */
    private int gapStart = Integer.MAX_VALUE;

    private int gap;

    /**
     * @param opening the first character of the values that the parser is to stop in: a bracket or
     *     a quote
     */
    LineInput(byte[] line, char opening) {
        this.line = line;
        this.opening = opening;
    }

    @Override
    public int read() {
        return position == line.length ? -1 : line[position++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (position == line.length) {
            return -1;
        }
        int end = position + Math.min(length, line.length - position);
        if (gap == 0) {
            end = afterOpening(end);
        }
        int count = end - position;
        System.arraycopy(line, position, bytes, offset, count);
        position = end;
        return count;
    }

    private int afterOpening(int end) {
        for (int at = position; at < end; at++) {
            if (line[at] == opening && isValue(at)) {
                return at + 1;
            }
        }
        return end;
    }

    private boolean isValue(int start) {
        int before = start - 1;
        while (before >= 0 && JsonTokens.isSpace(line[before])) {
            before--;
        }
        return before >= 0 && line[before] == ':';
    }

    /** Index after the last byte that the parser has read. */
    int position(JsonParser parser) {
        return index(JsonTokens.end(parser));
    }

    /** Index of the first byte of the parser's token. */
    int tokenStart(JsonParser parser) {
        return index(JsonTokens.start(parser));
    }

    /** The index in the line of the byte that is the parser's so manieth, from 0. */
    int index(int offset) {
        return offset < gapStart ? offset : offset + gap;
    }

    /** Whether the parser has read all bytes that it was given. */
    boolean isUsedUp(JsonParser parser) {
        return position(parser) == position;
    }

    /**
     * Leaves out what comes next, once in a line. All that was given must be used up.
     *
     * @param end index of the byte that the parser goes on with
     */
    void skipTo(int end) {
        gapStart = position;
        gap = end - position;
        position = end;
    }
}
