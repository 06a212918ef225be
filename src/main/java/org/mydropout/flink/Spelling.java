package org.mydropout.flink;

import java.util.Comparator;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.flink.annotation.Internal;

/** Finds the name that a misspelt one was probably meant to be. */
@Internal
public final class Spelling {

    private Spelling() {}

    /**
     * Returns the candidate with the least {@link #distance} from the text, the first in
     * alphabetical order among equals.
     *
     * @param candidates at least one
     */
    public static String nearest(String text, Set<String> candidates) {
        return candidates.stream()
                .min(
                        Comparator.comparingInt((String candidate) -> distance(text, candidate))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Returns how many characters are to be inserted, deleted or replaced, after Levenshtein. */
    public static int distance(String a, String b) {
        return LevenshteinDistance.getDefaultInstance().apply(a, b);
    }
}
