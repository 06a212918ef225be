package org.mydropout.job.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The records of one id and step that have no equal on the other side. All are counted. Only as
 * many are kept as are shown, the first by digest. So memory does not grow with the number of
 * records, and the kept records do not depend on the order of arrival.
 *
 * @param missing the number of records that were expected and not found
 * @param surplus the number of records that were found and not expected
 * @param firstMissing the first missing records, at most {@link VerificationResult#SHOWN}
 * @param firstSurplus the first surplus records, at most {@link VerificationResult#SHOWN}
 */
public record RecordDiff(
        String id,
        String step,
        long missing,
        long surplus,
        List<RecordCount> firstMissing,
        List<RecordCount> firstSurplus) {

    private static final String SEPARATOR = "@";

    /** The diff of a count whose two numbers differ. */
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

    /** Id and step in one text, which is unique for each pair. */
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

    /** The number of records that were found in place of an expected one. */
    long different() {
        return Math.min(missing, surplus);
    }

    /** The differences to show. Records whose other fields agree are paired first. */
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

    /** As many contents as are shown. A content appears as often as it was counted. */
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
