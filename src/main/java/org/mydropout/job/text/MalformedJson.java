package org.mydropout.job.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Describes why a line is not one JSON object, in our own words instead of the library's. */
final class MalformedJson {

    /** How much of a line is shown after the error, in bytes. */
    private static final int SHOWN = 20;

    private MalformedJson() {}

    /** The refusal of a line whose first value is missing or not an object. */
    static RefusedLineException notAnObject(JsonParser parser) throws IOException {
        if (!parser.hasCurrentToken()) {
            return refusal("but is empty");
        }
        String value = PrintableText.describe(parser);
        if (parser.hasToken(JsonToken.START_ARRAY) && isOfObjects(parser)) {
            return refusal(
                    "but is an array; jq -c '.[]' makes a line of each of a file's elements");
        }
        return refusal("but is " + value);
    }

    /** Whether an array begins with an object, or the line ends after its bracket. */
    private static boolean isOfObjects(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() == JsonToken.START_OBJECT;
        } catch (JsonEOFException e) {
            return true;
        }
    }

    /** The refusal of a line with more than one object. */
    static RefusedLineException notAlone(JsonParser parser) throws IOException {
        return refusal("but after it comes " + PrintableText.describe(parser));
    }

    /**
     * The refusal of a line that a parser could not read.
     *
     * @param parser the parser that threw the exception
     * @param line the line
     * @param input the input of the parser
     */
    static RefusedLineException unreadable(
            JacksonException exception, JsonParser parser, byte[] line, LineInput input)
            throws IOException {
        if (exception instanceof StreamConstraintsException) {
            return refusal(
                    "of at most %d levels, with numbers of at most %d characters and names of at most %d, but has more"
                            .formatted(
                                    JsonTokens.MOST_LEVELS,
                                    JsonTokens.MOST_NUMBER_LENGTH,
                                    JsonTokens.MOST_NAME_LENGTH));
        }
        if (exception instanceof JsonEOFException) {
            return refusal(
                    "but ends before its object does; where a file has an object on several lines,"
                            + " jq -c . puts it on one");
        }
        if (exception.getOriginalMessage().startsWith("Duplicate")) {
            return refusal(
                    "but has the field '%s' twice"
                            .formatted(PrintableText.clipped(parser.currentName())));
        }
        int at = Math.min(input.index((int) exception.getLocation().getByteOffset()), line.length);
        int end = Math.min(at + SHOWN, line.length);
        String rest =
                at == end
                        ? ""
                        : ", from \"%s\" on"
                                .formatted(new String(line, at, end - at, StandardCharsets.UTF_8));
        return refusal("but cannot be read at byte " + (at + 1) + rest);
    }

    private static RefusedLineException refusal(String problem) {
        String comma = problem.startsWith("but") ? ", " : " ";
        return new RefusedLineException(
                DeadLetterReason.MALFORMED,
                "The line must be one JSON object" + comma + problem + ".");
    }
}
