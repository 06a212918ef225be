package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.InputStream;

/**
 * The bytes of a line as input of a JSON parser. The parser gets no byte after the opening bracket
 * of an array, or the opening quote of a string, before it has reached that value. So the content
 * of the value can be read directly from the line and hidden from the parser.
 */
final class LineInput extends InputStream {

    private final byte[] line;
    private final char opening;
    private int position;

    /** The bytes that were hidden: the index of the first one, and their number. */
    private int gapStart = Integer.MAX_VALUE;

    private int gap;

    /**
     * @param opening the first character of the values at which to stop: a bracket or a quote
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

    /** The index after the last byte that the parser has read. */
    int position(JsonParser parser) {
        return index(JsonTokens.end(parser));
    }

    /** The index of the first byte of the parser's token. */
    int tokenStart(JsonParser parser) {
        return index(JsonTokens.start(parser));
    }

    /** Converts an offset of the parser, from 0, to an index in the line. */
    int index(int offset) {
        return offset < gapStart ? offset : offset + gap;
    }

    /** Whether the parser has read all bytes that it got. */
    boolean isUsedUp(JsonParser parser) {
        return position(parser) == position;
    }

    /**
     * Hides the next bytes from the parser, once in a line. The parser must have read all bytes
     * that it got.
     *
     * @param end the index of the byte at which the parser continues
     */
    void skipTo(int end) {
        gapStart = position;
        gap = end - position;
        position = end;
    }
}
