package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numbers of a vector, each as its nearest float32: directly from the bytes of the line in
 * simple cases, and otherwise from a token.
 */
final class VectorBuffer {

    /** What the text of a vector must be. */
    static final String RULE = "an array of numbers";

    /** The result of {@link #scan} for a number that must be read as a token. */
    static final int LEFT = NearestFloat.LEFT;

    /** In elements. The buffer of a longer vector is released. */
    private static final int KEPT = 1 << 18;

    private final FieldReader field;
    private final NearestFloat decimal = new NearestFloat();
    private float[] buffer = new float[256];
    private int size;

    VectorBuffer(FieldReader field) {
        this.field = field;
    }

    /** Prepares for the next vector. */
    void clear() {
        size = 0;
        if (buffer.length > KEPT) {
            buffer = new float[KEPT];
        }
    }

    /**
     * Appends the number that begins at an index.
     *
     * @param end the index after the last byte that may be read
     * @return the index after the number; {@link #LEFT} if nothing was appended
     */
    int scan(byte[] text, int start, int end) {
        int at = decimal.read(text, start, end);
        if (at != LEFT) {
            append(decimal.value());
        }
        return at;
    }

    /** Appends the number that a range consists of; returns false if it must be read as a token. */
    boolean scanAll(byte[] text, ByteRange range) {
        boolean all =
                range.length() > 0 && decimal.read(text, range.start(), range.end()) == range.end();
        if (all) {
            append(decimal.value());
        }
        return all;
    }

    /**
     * The number of a token, which is not appended.
     *
     * @throws RefusedLineException if it is no number, or not within float32
     */
    float number(JsonParser parser, JsonToken token) throws IOException, RefusedLineException {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
            FieldReader.requireJson(parser);
            return Float.parseFloat(parser.getText());
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw refuse(WRONG_TYPE, "", PrintableText.describe(parser));
        }
        float value = parser.getFloatValue();
        if (value == 0f && parser.getTextCharacters()[parser.getTextOffset()] == '-') {
            return -0f; // "-0" is a whole number to Jackson, whose zero has no sign
        }
        if (Float.isInfinite(value)) {
            throw refuse(
                    OUT_OF_RANGE,
                    " within float32, at most 3.4028235E38 in size",
                    PrintableText.clipped(parser.getText()));
        }
        return value;
    }

    private RefusedLineException refuse(DeadLetterReason reason, String which, String value) {
        return field.refuse(
                reason, RULE + which, "an array whose element " + size + " is " + value);
    }

    /** Appends a number. */
    void append(float value) {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(size, 2));
        }
        buffer[size++] = value;
    }

    /** The number of elements so far. */
    int size() {
        return size;
    }

    /** The elements, in a new array. */
    float[] values() {
        return Arrays.copyOf(buffer, size);
    }
}
