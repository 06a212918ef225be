package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats values for messages: with their type, and shortened if they are long. */
public final class PrintableText {

    private static final int MAX_SHOWN = 60;

    /**
     * The control, format, surrogate, private-use and unassigned characters of Unicode, and line
     * ends.
     */
    private static final Pattern ESCAPED = Pattern.compile("[\\\\\\p{C}\\p{Zl}\\p{Zp}]");

    private PrintableText() {}

    /**
     * The text on one line, safe for a terminal. Each invisible character becomes a Java escape
     * such as {@code \\u000a}, and each backslash is doubled.
     */
    public static String printable(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(escaped(match.group())));
    }

    private static String escaped(String character) {
        return character.equals("\\")
                ? "\\\\"
                : character.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    /** The parser's current token in words. */
    static String describe(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + quoted(parser.getText());
            default -> clipped(parser.getText());
        };
    }

    /** The text in quotes, shortened if it is long. */
    static String quoted(String text) {
        return '"' + clipped(text) + '"';
    }

    /** The text; if it is long, shortened and with its length. */
    public static String clipped(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
