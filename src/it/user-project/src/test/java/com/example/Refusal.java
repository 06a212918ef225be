package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.FlinkVersion;
import org.junit.jupiter.api.Assumptions;

/** The sentence that names the Flink release that a feature needs. */
final class Refusal {

    private static final Pattern SENTENCE =
            Pattern.compile(
                    "\\S.* needs? Flink (\\d+\\.\\d+) or later, but this is Flink \\S+[,.].*");

    private Refusal() {}

    /** Whether a text contains such a sentence. */
    static boolean isIn(String text) {
        return SENTENCE.matcher(text.strip()).matches();
    }

    /** The message of the innermost cause. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * Skips the test with the sentence as its reason, if this Flink is older than the sentence
     * requires.
     */
    static void report(String sentence) {
        Matcher matcher = SENTENCE.matcher(sentence.strip());
        assertThat(matcher.matches()).as(sentence).isTrue();
        assertThat(FlinkVersion.byCode(matcher.group(1))).as(sentence).isEmpty();
        Assumptions.abort(sentence.strip());
    }
}
