package org.mydropout.job.verify;

import java.io.Serializable;
import java.util.Comparator;
import org.mydropout.job.text.PrintableText;

/**
 * One thing that a verification found wrong.
 *
 * @param kind what it is counted as
 * @param id the record's id as text, printable and cut where it is long; empty where a line is no
 *     record
 * @param step the record's step as text; empty where a line is no record
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

    /** What is wrong with a record. */
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

    /** By id and step, those that are numbers in the order of numbers. */
    @Override
    public int compareTo(Difference other) {
        return ORDER.compare(this, other);
    }
}
