package org.mydropout.job.record;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How values appear in messages: named by their type, and cut where they are long. */
final class Values {

    private static final int MAX_SHOWN = 60;

    private Values() {}

    /** What the parser stands at, in words. */
    static String describe(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + quoted(parser.getText());
            default -> clipped(parser.getText());
        };
    }

    /** The text in quotes, cut where it is long. */
    static String quoted(String text) {
        return '"' + clipped(text) + '"';
    }

    /** The text, cut where it is long, its length said then. */
    static String clipped(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
