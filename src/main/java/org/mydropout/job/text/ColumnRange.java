package org.mydropout.job.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of CSV that a vector stands in: the one of its field's name, or where there is none
 * and the name is {@code FIRST..LAST}, all columns from one to the other, as {@code
 * pixel1..pixel784}.
 *
 * @param first index of the first column
 * @param last index of the last column
 * @param isNamed whether it is the one column of the field's name
 */
public record ColumnRange(int first, int last, boolean isNamed) {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");

    private static final Pattern NUMBERED = Pattern.compile("(.*[^0-9]|)(0|[1-9][0-9]{0,8})");

    /**
     * Finds the columns of a field.
     *
     * @throws IllegalArgumentException if {@link #problem} has one
     */
    public static ColumnRange of(String field, List<String> columns) {
        problem(field, columns)
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(problem);
                        });
        int named = columns.indexOf(field);
        if (named >= 0) {
            return new ColumnRange(named, named, true);
        }
        Matcher range = range(field);
        return new ColumnRange(
                columns.indexOf(range.group(1)), columns.indexOf(range.group(2)), false);
    }

    /**
     * What is wrong with a field, in words that follow "must name "; empty if nothing is. Names
     * that differ only in the number at their end must stand in the order of all numbers, so that a
     * table with its columns sorted by their names is not read in part.
     */
    public static Optional<String> problem(String field, List<String> columns) {
        if (columns.contains(field)) {
            return Optional.empty();
        }
        Matcher range = range(field);
        if (!range.matches()) {
            return Optional.of("the column '%s', but names %s".formatted(field, columns));
        }
        int first = columns.indexOf(range.group(1));
        int last = columns.indexOf(range.group(2));
        if (first < 0 || last < 0) {
            return Optional.of(
                    "the columns '%s' and '%s', but names %s"
                            .formatted(range.group(1), range.group(2), columns));
        }
        if (last < first) {
            return Optional.of(
                    "the column '%s' before '%s', but names it after"
                            .formatted(range.group(1), range.group(2)));
        }
        return outOfOrder(columns, first, last);
    }

    private static Matcher range(String field) {
        Matcher range = RANGE.matcher(field);
        range.matches();
        return range;
    }

    private static Optional<String> outOfOrder(List<String> columns, int first, int last) {
        Matcher from = NUMBERED.matcher(columns.get(first));
        Matcher to = NUMBERED.matcher(columns.get(last));
        if (!from.matches() || !to.matches() || !from.group(1).equals(to.group(1))) {
            return Optional.empty();
        }
        int start = Integer.parseInt(from.group(2));
        int end = Integer.parseInt(to.group(2));
        int direction = end < start ? -1 : 1;
        for (int i = first; i <= last; i++) {
            String expected = from.group(1) + (start + direction * (i - first));
            if (!columns.get(i).equals(expected)) {
                return Optional.of(
                        "the columns '%s' to '%s' in the order of their numbers, but names '%s' where '%s' is due"
                                .formatted(
                                        columns.get(first),
                                        columns.get(last),
                                        columns.get(i),
                                        expected));
            }
        }
        return last - first == Math.abs(end - start)
                ? Optional.empty()
                : Optional.of(
                        "%d columns from '%s' to '%s', but names %d"
                                .formatted(
                                        Math.abs(end - start) + 1,
                                        columns.get(first),
                                        columns.get(last),
                                        last - first + 1));
    }

    /** How many columns there are. */
    int size() {
        return last - first + 1;
    }

    /** Whether a column is among them. */
    public boolean contains(int column) {
        return first <= column && column <= last;
    }
}
