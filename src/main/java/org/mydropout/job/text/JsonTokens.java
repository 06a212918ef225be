package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/** How JSON is read here, token by token, and where a token stands in its line. */
final class JsonTokens {

    /** How deep objects and arrays may be nested. */
    static final int MOST_LEVELS = 1_000;

    /** In characters; the time that a number takes grows faster than its length. */
    static final int MOST_NUMBER_LENGTH = 1_000;

    /** In characters, of a field's name. */
    static final int MOST_NAME_LENGTH = 50_000;

    /** A text is as long as the source's limit lets a line be. */
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

    /** Whether a byte is white space of JSON. */
    static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    /** Index of the current token's first byte. */
    static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** Index after the last byte of what has been read. */
    static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /**
     * Reads over a value that passes untouched, and refuses what Jackson alone takes for JSON. Of a
     * text that is not part of an object or array only the beginning is read: the rest at the next
     * token, or by {@link JsonParser#finishToken()}, which holds all of it in memory.
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
