package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How values appear in messages: named by their type, and cut where they are long. */
public final class PrintableText {

    private static final int MAX_SHOWN = 60;

    /** Unicode's control, format, surrogate, private and unassigned characters, and line ends. */
    private static final Pattern ESCAPED = Pattern.compile("[\\\\\\p{C}\\p{Zl}\\p{Zp}]");

    private PrintableText() {}

    /**
     * The text on one line that can do nothing to a terminal: in it every character that cannot be
     * seen is a Java escape as {@code \\u000a}, and a backslash is two.
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
    public static String clipped(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
