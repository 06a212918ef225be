package org.mydropout.job.verify;

import java.io.Serializable;
import java.util.Comparator;
import org.mydropout.job.text.PrintableText;

/**
 * A difference that a verification found.
 *
 * @param kind the count that it belongs to
 * @param id the record's id as printable text, shortened if it is long; empty if the line is not a
 *     record
 * @param step the record's step as text; empty if the line is not a record
 * @param sentence what was expected and what was found, printable
 */
public record Difference(VerifyCount kind, String id, String step, String sentence)
        implements Comparable<Difference>, Serializable {

    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final Comparator<Difference> ORDER =
            Comparator.comparing(Difference::id, BY_NUMBER)
                    .thenComparing(Difference::step, BY_NUMBER)
                    .thenComparing(Difference::kind)
                    .thenComparing(Difference::sentence);

    /** The difference of a record. */
    static Difference of(VerifyCount kind, ComparedRecord content, String sentence) {
        return new Difference(
                kind,
                PrintableText.printable(PrintableText.clipped(content.id())),
                content.step(),
                sentence);
    }

    /** The difference as one sentence. */
    @Override
    public String toString() {
        return id.isEmpty() ? sentence : "id %s, step %s %s".formatted(id, step, sentence);
    }

    /** Orders by id and step. Numbers are in numerical order. */
    @Override
    public int compareTo(Difference other) {
        return ORDER.compare(this, other);
    }
}
