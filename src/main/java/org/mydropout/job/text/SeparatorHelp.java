package org.mydropout.job.text;

import java.util.List;
import java.util.regex.Pattern;

/** What to do about a text that is no number but several, or one with a decimal comma. */
final class SeparatorHelp {

    private static final String NUMBER = "[-+]?[0-9]+(?:\\.[0-9]*+)?+(?:[eE][-+]?[0-9]+)?+";

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9]*+,[0-9]+");

    private static final List<String> SEPARATORS = List.of(" ", "|", ",", ";", ":", "/");

    private SeparatorHelp() {}

    /** What to do, without a full stop; empty if nothing is known. */
    static String of(String text) {
        if (DECIMAL_COMMA.matcher(text).matches()) {
            return "a decimal comma is not read, since it may also stand between two numbers: write a point";
        }
        return SEPARATORS.stream()
                .filter(separator -> isSeparatedBy(text, separator))
                .findFirst()
                .map("source.csv.array-element-delimiter: '%s' reads it"::formatted)
                .orElse("");
    }

    private static boolean isSeparatedBy(String text, String separator) {
        String[] parts = text.split(Pattern.quote(separator), 3);
        return parts.length > 1
                && parts[0].matches(NUMBER)
                && !parts[1].isBlank()
                && (parts.length > 2 || parts[1].strip().matches(NUMBER));
    }
}
