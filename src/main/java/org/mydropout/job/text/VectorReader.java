package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Reads the numbers of a vector, each as its nearest float32: directly from the bytes of the line
 * in simple cases, and otherwise token by token, which also reports errors.
 */
final class VectorReader {

    /** The result of {@link #scan} if the vector must be read token by token. */
    static final int LEFT = NearestFloat.LEFT;

    /** In elements. The buffer of a longer vector is released. */
    private static final int KEPT = 1 << 18;

    private static final String RULE = "an array of numbers";

    private final FieldReader field;
    private final NearestFloat decimal = new NearestFloat();
    private final Nesting nesting = new Nesting();
    private float[] buffer = new float[256];
    private int size;

    VectorReader(FieldReader field) {
        this.field = field;
    }

    /**
     * Reads a JSON array.
     *
     * @param start the index of its opening bracket
     * @return the index after its closing bracket, or {@link #LEFT}
     */
    int scan(byte[] text, int start) {
        clear();
        int at = start;
        while (at < text.length) {
            if (text[at] == '[') {
                if (!nesting.start(size)) {
                    return LEFT;
                }
                at = afterSpace(text, at + 1, text.length);
                if (at == text.length || text[at] != ']') {
                    continue;
                }
            } else {
                at = number(text, at, text.length);
                if (at == LEFT) {
                    return LEFT;
                }
            }
            while (at < text.length && text[at] == ']') {
                if (!nesting.end(size)) {
                    return LEFT;
                }
                at++;
                if (nesting.isComplete()) {
                    return at;
                }
                at = afterSpace(text, at, text.length);
            }
            if (at == text.length || text[at] != ',') {
                return LEFT;
            }
            at = afterSpace(text, at + 1, text.length);
        }
        return LEFT;
    }

    /**
     * Reads numbers between separators. An empty range has no numbers.
     *
     * @param separator where it is white space, it may come several times
     * @return whether all of the text was read
     */
    boolean scan(byte[] text, int start, int end, char separator) {
        begin();
        boolean space = JsonTokens.isSpace((byte) separator);
        int at = afterSpace(text, start, end);
        while (at < end) {
            at = number(text, at, end);
            if (at == LEFT || (at < end && text[space ? at - 1 : at] != separator)) {
                return false;
            }
            if (at < end && !space) {
                at = afterSpace(text, at + 1, end);
                if (at == end) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Forgets what was read, and begins with a vector of one dimension. */
    void begin() {
        clear();
        nesting.start(0);
    }

    /**
     * Reads what {@link #scan(byte[], int, int, char)} has not, number by number.
     *
     * @throws RefusedLineException if one of them is none
     */
    void read(byte[] text, ByteRange range, char separator) throws RefusedLineException {
        begin();
        boolean space = JsonTokens.isSpace((byte) separator);
        ByteRange rest = trimmed(text, range);
        int start = rest.start();
        while (rest.length() > 0) {
            int end = start;
            while (end < rest.end() && text[end] != separator) {
                end++;
            }
            readElement(text, trimmed(text, new ByteRange(start, end)), separator);
            if (end == rest.end()) {
                return;
            }
            start = space ? afterSpace(text, end, rest.end()) : end + 1;
        }
    }

    /**
     * Reads one number of a text after those before it.
     *
     * @param separator what stands between them
     * @throws RefusedLineException if it is none
     */
    void readElement(byte[] text, ByteRange range, char separator) throws RefusedLineException {
        if (range.length() > 0 && decimal.read(text, range.start(), range.end()) == range.end()) {
            append(decimal.value());
            return;
        }
        String number = new String(text, range.start(), range.length(), StandardCharsets.UTF_8);
        try (JsonParser parser = JsonTokens.FACTORY.createParser(number)) {
            JsonToken token = parser.nextToken();
            if (token == null || !token.isNumeric()) {
                throw refuseElement(number, separator);
            }
            float value = decimal(parser, token);
            if (parser.nextToken() != null) {
                throw refuseElement(number, separator);
            }
            append(value);
        } catch (JacksonException e) {
            throw refuseElement(number, separator);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading characters in memory failed.", e);
        }
    }

    private RefusedLineException refuseElement(String number, char separator) {
        return field.refuse(
                WRONG_TYPE,
                "numbers separated by '%s'".formatted(PrintableText.printable("" + separator)),
                "a text whose element %d is %s"
                        .formatted(size, number.isEmpty() ? "empty" : PrintableText.quoted(number)),
                SeparatorHelp.of(number));
    }

    /** The range without white space at its ends. */
    static ByteRange trimmed(byte[] text, ByteRange range) {
        int start = afterSpace(text, range.start(), range.end());
        int end = range.end();
        while (end > start && JsonTokens.isSpace(text[end - 1])) {
            end--;
        }
        return new ByteRange(start, end);
    }

    /** How many numbers have been read. */
    int size() {
        return size;
    }

    private int number(byte[] text, int start, int end) {
        int at = decimal.read(text, start, end);
        if (at == LEFT || !nesting.number()) {
            return LEFT;
        }
        append(decimal.value());
        return afterSpace(text, at, end);
    }

    private static int afterSpace(byte[] text, int start, int end) {
        int at = start;
        while (at < end && JsonTokens.isSpace(text[at])) {
            at++;
        }
        return at;
    }

    /**
     * Reads a JSON array.
     *
     * @param parser the parser, at the start of the array; moves to its end
     */
    void read(JsonParser parser) throws IOException, RefusedLineException {
        clear();
        nesting.start(0);
        while (!nesting.isComplete()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                require(nesting.start(size), "element %d is an array");
            } else if (token == JsonToken.END_ARRAY) {
                require(
                        nesting.end(size),
                        "nested array before element %d is of another length than one before it");
            } else {
                float value = decimal(parser, token);
                require(nesting.number(), "element %d is beside nested arrays");
                append(value);
            }
        }
    }

    private void require(boolean fits, String problem) throws RefusedLineException {
        if (!fits) {
            throw field.refuse(
                    WRONG_TYPE,
                    RULE + ", nested ones being of equal lengths in at most 64 dimensions",
                    "an array whose " + problem.formatted(size));
        }
    }

    private float decimal(JsonParser parser, JsonToken token)
            throws IOException, RefusedLineException {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
            FieldReader.requireJson(parser);
            return Float.parseFloat(parser.getText());
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw refuseElement(WRONG_TYPE, "", PrintableText.describe(parser));
        }
        float value = parser.getFloatValue();
        if (value == 0f && parser.getTextCharacters()[parser.getTextOffset()] == '-') {
            return -0f; // "-0" is a whole number to Jackson, whose zero has no sign
        }
        if (Float.isInfinite(value)) {
            throw refuseElement(
                    OUT_OF_RANGE,
                    " within float32, at most 3.4028235E38 in size",
                    PrintableText.clipped(parser.getText()));
        }
        return value;
    }

    private RefusedLineException refuseElement(
            DeadLetterReason reason, String which, String value) {
        return field.refuse(
                reason, RULE + which, "an array whose element " + size + " is " + value);
    }

    private void clear() {
        size = 0;
        nesting.clear();
        if (buffer.length > KEPT) {
            buffer = new float[KEPT];
        }
    }

    private void append(float value) {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(size, 2));
        }
        buffer[size++] = value;
    }

    /** The numbers of the last vector, in row-major order. */
    float[] values() {
        return Arrays.copyOf(buffer, size);
    }

    /** The dimensions of the last vector, outermost first; null if there is only one. */
    @Nullable
    int[] shape() {
        return nesting.shape();
    }
}
