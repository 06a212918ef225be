package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import javax.annotation.Nullable;

/**
 * Reads the vector of a JSON line, which is an array, or a string of base64: directly from the
 * bytes of the line where it can, otherwise from the parser's tokens.
 */
final class JsonVectorReader {

    private final FieldReader field;
    private final VectorReader array;
    @Nullable private final Base64Vector base64;
    private Elements elements;
    @Nullable private int[] shape;
    private ByteRange place;

    JsonVectorReader(RecordSchema schema) {
        this.field = new FieldReader(schema.featuresField());
        this.array = new VectorReader(field, schema.type());
        this.base64 = Base64Vector.of(schema);
    }

    /** The character with which a vector begins. */
    char opening() {
        return base64 == null ? '[' : '"';
    }

    /**
     * Reads a vector.
     *
     * @param parser the parser, at the vector's first token; moves to its end
     * @param input the input of the parser, which has the bytes of the line
     * @throws RefusedLineException if it is no vector
     */
    void read(JsonParser parser, LineInput input, byte[] line)
            throws IOException, RefusedLineException {
        if (base64 == null) {
            readArray(parser, input, line);
        } else {
            readBase64(parser, input, line, base64);
        }
    }

    private void readArray(JsonParser parser, LineInput input, byte[] line)
            throws IOException, RefusedLineException {
        field.require(parser, JsonToken.START_ARRAY, VectorBuffer.RULE);
        int start = input.tokenStart(parser);
        int end = input.isUsedUp(parser) ? array.scan(line, start) : VectorReader.LEFT;
        if (end == VectorReader.LEFT) {
            array.read(parser);
        } else {
            input.skipTo(end - 1);
            parser.nextToken();
        }
        place = new ByteRange(start, input.position(parser));
        elements = array.elements();
        shape = array.shape();
    }

    /** Reads a string directly from the bytes of the line, unless it contains escapes. */
    private void readBase64(JsonParser parser, LineInput input, byte[] line, Base64Vector reader)
            throws IOException, RefusedLineException {
        field.require(parser, JsonToken.VALUE_STRING, reader.rule());
        int start = input.tokenStart(parser);
        int end = input.isUsedUp(parser) ? plainTextEnd(line, start + 1) : -1;
        if (end < 0) {
            byte[] text = parser.getText().getBytes(UTF_8);
            elements = reader.read(text, 0, text.length, field);
        } else {
            elements = reader.read(line, start + 1, end, field);
            input.skipTo(end);
        }
        parser.finishToken();
        place = new ByteRange(start + 1, input.position(parser) - 1);
    }

    /**
     * The index of the quote that ends a string; -1 if there is none, or if an escape precedes it.
     */
    private static int plainTextEnd(byte[] line, int start) {
        for (int at = start; at < line.length && line[at] != '\\'; at++) {
            if (line[at] == '"') {
                return at;
            }
        }
        return -1;
    }

    /** The numbers of the last vector, in row-major order. */
    Elements elements() {
        return elements;
    }

    /** The dimensions of the last vector, outermost first; null if there is only one. */
    @Nullable
    int[] shape() {
        return shape;
    }

    /** The place of the last vector in its line, without the quotes of a string. */
    ByteRange place() {
        return place;
    }
}
