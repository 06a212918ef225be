package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.FlinkVersion;
import org.junit.jupiter.api.Assumptions;

/** A sentence that says which version of Flink is needed for what this version cannot do. */
final class Refusal {

    private static final Pattern SENTENCE =
            Pattern.compile("\\S.* needs? Flink (\\d+\\.\\d+) or later, but this is Flink \\S+[,.].*");

    private Refusal() {}

    /** Whether a text is such a sentence. */
    static boolean isIn(String text) {
        return SENTENCE.matcher(text.strip()).matches();
    }

    /** The innermost cause's sentence. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Ends a test as skipped, with the sentence, if this Flink is indeed too old. */
    static void report(String sentence) {
        Matcher matcher = SENTENCE.matcher(sentence.strip());
        assertThat(matcher.matches()).as(sentence).isTrue();
        assertThat(FlinkVersion.byCode(matcher.group(1))).as(sentence).isEmpty();
        Assumptions.abort(sentence.strip());
    }
}
