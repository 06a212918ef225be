package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The numbers of a vector, each as its value of the vector's type: directly from the bytes of the
 * line in simple cases, and otherwise from a token.
 */
abstract class VectorBuffer {

    /** What the text of a vector must be. */
    static final String RULE = "an array of numbers";

    /** The result of {@link #scan} for a number that must be read as a token. */
    static final int LEFT = DecimalReader.LEFT;

    /** In elements. The buffer of a longer vector is released. */
    static final int KEPT = 1 << 18;

    private final FieldReader field;
    private final ElementType type;

    VectorBuffer(FieldReader field, ElementType type) {
        this.field = field;
        this.type = type;
    }

    static VectorBuffer of(FieldReader field, ElementType type) {
        return type == ElementType.FLOAT32
                ? new Float32Buffer(field)
                : new TypedBuffer(field, type);
    }

    /** Prepares for the next vector. */
    abstract void clear();

    /**
     * Appends the number that begins at an index.
     *
     * @param end the index after the last byte that may be read
     * @return the index after the number; {@link #LEFT} if nothing was appended
     */
    abstract int scan(byte[] text, int start, int end);

    /**
     * Appends numbers that commas separate, with white space after them.
     *
     * @return the index after the last of them; {@link #LEFT} if one must be read as a token
     */
    final int scanRun(byte[] text, int start, int end) {
        int at = scan(text, start, end);
        while (at != LEFT && at < end - 1 && text[at] == ',') {
            int next = at + 1;
            at = scan(text, text[next] > ' ' ? next : JsonTokens.afterSpace(text, next, end), end);
        }
        return at;
    }

    /** Appends the number that a range consists of; returns false if it must be read as a token. */
    abstract boolean scanAll(byte[] text, ByteRange range);

    /**
     * The number of a token, which is not appended.
     *
     * @throws RefusedLineException if it is no number, or not within the type
     */
    double number(JsonParser parser, JsonToken token) throws IOException, RefusedLineException {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
            FieldReader.requireJson(parser);
            return Double.parseDouble(parser.getText());
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw refuse(WRONG_TYPE, "", PrintableText.describe(parser));
        }
        double value = nearest(parser);
        if (value == 0 && parser.getTextCharacters()[parser.getTextOffset()] == '-') {
            return -0.0; // "-0" is a whole number to Jackson, whose zero has no sign
        }
        if (Double.isInfinite(value)) {
            throw refuse(
                    OUT_OF_RANGE,
                    " within %s, at most %s in size".formatted(type, type.largest()),
                    PrintableText.clipped(parser.getText()));
        }
        return value;
    }

    /** The nearest value of the type to a token that is a number. */
    abstract double nearest(JsonParser parser) throws IOException;

    private RefusedLineException refuse(DeadLetterReason reason, String which, String value) {
        return field.refuse(
                reason, RULE + which, "an array whose element " + size() + " is " + value);
    }

    /**
     * Appends a number.
     *
     * @param value of the type
     */
    abstract void append(double value);

    /** The number of elements so far. */
    abstract int size();

    /** The elements, in a new array. */
    abstract Elements elements();
}
