package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/** The JSON parser's settings and limits, and the place of a token in its line. */
final class JsonTokens {

    /** The deepest nesting of objects and arrays. */
    static final int MOST_LEVELS = 1_000;

    /** In characters. The time to read a number grows faster than its length. */
    static final int MOST_NUMBER_LENGTH = 1_000;

    /** In characters, for the name of a field. */
    static final int MOST_NAME_LENGTH = 50_000;

    /** Strings have no limit of their own, because the source limits lines. */
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MOST_LEVELS)
                                    .maxNumberLength(MOST_NUMBER_LENGTH)
                                    .maxNameLength(MOST_NAME_LENGTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private JsonTokens() {}

    /** Whether a byte is white space in JSON. */
    static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    /** The index of the first byte from an index on that is no white space. */
    static int afterSpace(byte[] text, int start, int end) {
        int at = start;
        while (at < end && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    /** The range without white space at its ends. */
    static ByteRange trimmed(byte[] text, ByteRange range) {
        int start = afterSpace(text, range.start(), range.end());
        int end = range.end();
        while (end > start && isSpace(text[end - 1])) {
            end--;
        }
        return new ByteRange(start, end);
    }

    /** A text as a JSON string, with its quotes. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** The index of the current token's first byte. */
    static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** The index after the last byte that was read. */
    static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /**
     * Skips a value that is copied unchanged, and refuses values that only Jackson accepts as JSON.
     * Of a string outside objects and arrays, only the beginning is read. The rest is read with the
     * next token, or by {@link JsonParser#finishToken()}, which holds the whole string in memory.
     */
    static void skip(JsonParser parser) throws IOException, RefusedLineException {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                FieldReader.requireJson(parser);
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }
}
