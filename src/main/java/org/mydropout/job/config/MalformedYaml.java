package org.mydropout.job.config;

import java.io.File;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words why a file is not YAML. The parser's are for those who know how it works. */
final class MalformedYaml {

    /** Where the parser stopped; the last of several is the nearest. */
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private static final Pattern REPEATED = Pattern.compile("found duplicate key (.*)");

    private MalformedYaml() {}

    /**
     * The sentence.
     *
     * @param text the text of the file
     * @param failure what the parser has thrown
     */
    static String sentence(File file, String text, RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return "The file %s must be YAML, but %s."
                .formatted(
                        file,
                        PLACE.matcher(message)
                                .results()
                                .reduce((first, last) -> last)
                                .map(place -> problem(text, message, place))
                                .orElse("cannot be read as that"));
    }

    private static String problem(String text, String message, MatchResult place) {
        String line = place.group(1);
        Matcher repeated = REPEATED.matcher(message);
        if (repeated.find()) {
            return "has the key '%s' in line %s again".formatted(repeated.group(1), line);
        }
        boolean tab =
                text.lines()
                        .skip(Long.parseLong(line) - 1)
                        .findFirst()
                        .filter(one -> indent(one).contains("\t"))
                        .isPresent();
        return tab
                ? "line %s is indented by a tab; only spaces may indent it".formatted(line)
                : "cannot be read at line %s, column %s".formatted(line, place.group(2));
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
