package org.mydropout.job.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The records of one id and step that have no equal on the other side: all are counted, and so many
 * are kept as are shown, the first by their digests. So a group takes no memory for each of its
 * records, and what is kept does not depend on the order in which they come.
 *
 * @param missing how many were expected and not found
 * @param surplus how many were found and not expected
 * @param firstMissing the first of those expected, at most {@link VerificationResult#SHOWN}
 * @param firstSurplus the first of those found, at most {@link VerificationResult#SHOWN}
 */
public record RecordDiff(
        String id,
        String step,
        long missing,
        long surplus,
        List<RecordCount> firstMissing,
        List<RecordCount> firstSurplus) {

    private static final String SEPARATOR = "@";

    /** The difference of a count whose two numbers differ. */
    static RecordDiff of(RecordCount count) {
        long missing = Math.max(0, count.expected() - count.found());
        long surplus = Math.max(0, count.found() - count.expected());
        return new RecordDiff(
                count.content().id(),
                count.content().step(),
                missing,
                surplus,
                missing > 0 ? List.of(count) : List.of(),
                surplus > 0 ? List.of(count) : List.of());
    }

    /** Id and step in one text, different for records that differ in either. */
    String idAndStep() {
        return id + SEPARATOR + step;
    }

    RecordDiff plus(RecordDiff other) {
        return new RecordDiff(
                id,
                step,
                missing + other.missing,
                surplus + other.surplus,
                first(firstMissing, other.firstMissing),
                first(firstSurplus, other.firstSurplus));
    }

    private static List<RecordCount> first(List<RecordCount> some, List<RecordCount> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparing(RecordCount::digest))
                .limit(VerificationResult.SHOWN)
                .toList();
    }

    /** How many were found in the place of one that is expected. */
    long different() {
        return Math.min(missing, surplus);
    }

    /**
     * The differences to show. Records whose other fields agree are held against each other first.
     */
    List<Difference> differences() {
        List<ComparedRecord> absent = contents(firstMissing);
        List<ComparedRecord> present = contents(firstSurplus);
        List<Difference> differences = new ArrayList<>();
        for (ComparedRecord found : List.copyOf(present)) {
            absent.stream()
                    .filter(found::hasRestOf)
                    .findFirst()
                    .ifPresent(
                            expected -> {
                                differences.add(different(found, expected));
                                absent.remove(expected);
                                present.remove(found);
                            });
        }
        while (!absent.isEmpty() && !present.isEmpty()) {
            differences.add(different(present.remove(0), absent.remove(0)));
        }
        for (ComparedRecord expected : absent) {
            differences.add(Difference.of(VerifyCount.MISSING, expected, "is missing"));
        }
        for (ComparedRecord found : present) {
            differences.add(Difference.of(VerifyCount.UNEXPECTED, found, "is not expected"));
        }
        return differences;
    }

    /** As many contents as are shown; one that is there several times comes so often. */
    private static List<ComparedRecord> contents(List<RecordCount> counts) {
        List<ComparedRecord> contents = new ArrayList<>();
        for (RecordCount count : counts) {
            long times = Math.abs(count.expected() - count.found());
            for (long i = 0; i < times && contents.size() < VerificationResult.SHOWN; i++) {
                contents.add(count.content());
            }
        }
        return contents;
    }

    private static Difference different(ComparedRecord found, ComparedRecord expected) {
        return Difference.of(VerifyCount.DIFFERENT, found, found.against(expected));
    }
}
