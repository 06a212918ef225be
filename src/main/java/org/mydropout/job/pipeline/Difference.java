package org.mydropout.job.pipeline;

import java.io.Serializable;

/**
 * One thing that a verification found wrong.
 *
 * @param kind what it is counted as
 * @param id the record's id as text; empty where a line is no record
 * @param step the record's step as text; empty where a line is no record
 * @param sentence what was expected and what was found
 */
public record Difference(VerifyCount kind, String id, String step, String sentence)
        implements Comparable<Difference>, Serializable {

    /** The difference as one sentence. */
    @Override
    public String toString() {
        return id.isEmpty() ? sentence : "id %s, step %s %s".formatted(id, step, sentence);
    }

    /** Ids and steps that are numbers of the same sign stand in the order of numbers. */
    @Override
    public int compareTo(Difference other) {
        int byId = compare(id, other.id);
        return byId != 0 ? byId : compare(step, other.step);
    }

    private static int compare(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }
}
