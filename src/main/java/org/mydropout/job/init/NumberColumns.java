package org.mydropout.job.init;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.LineFields.Kind;

/** The ranges of CSV columns with one number in each cell. */
final class NumberColumns {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,9})");

    private static final Set<Kind> NUMBERS = Set.of(Kind.WHOLE_NUMBER, Kind.NUMBER);

    private final Sample sample;
    private final List<String> columns;
    private final List<String> problems = new ArrayList<>();

    /**
     * Columns side by side.
     *
     * @param field the range, as {@code pixel1..pixel784}
     * @param name what the names have in common
     * @param comment why it may be the vector
     */
    record Range(String field, String name, String comment) {}

    NumberColumns(Sample sample, List<String> columns) {
        this.sample = sample;
        this.columns = columns;
    }

    /** What hinders columns whose names say that they belong together. */
    List<String> problems() {
        return problems;
    }

    /** The ranges of columns whose names differ in the number at their end. */
    List<Range> numbered() {
        problems.clear();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String column : columns) {
            Matcher name = NUMBERED.matcher(column);
            if (name.matches()) {
                groups.computeIfAbsent(name.group(1), prefix -> new ArrayList<>()).add(column);
            }
        }
        List<Range> ranges = new ArrayList<>();
        groups.forEach(
                (prefix, members) -> {
                    if (members.size() > 1
                            && !isLabel(prefix)
                            && members.stream().anyMatch(this::isOfNumbers)) {
                        range(prefix, members).ifPresent(ranges::add);
                    }
                });
        return ranges;
    }

    private Optional<Range> range(String prefix, List<String> members) {
        String first = members.stream().min(Comparator.comparing(NumberColumns::number)).get();
        String last = members.stream().max(Comparator.comparing(NumberColumns::number)).get();
        String field = first + ".." + last;
        Optional<String> problem = ColumnRange.problem(field, columns);
        if (problem.isPresent()) {
            problems.add("the header must name " + problem.get());
            return Optional.empty();
        }
        int size = columns.indexOf(last) - columns.indexOf(first) + 1;
        Optional<String> other =
                members.stream().filter(member -> !isOfNumbers(member)).findFirst();
        if (other.isPresent()) {
            problems.add(
                    "the column %s must hold a number in nearly all rows"
                            .formatted(FieldNames.quoted(other.get())));
            return Optional.empty();
        }
        if (size != members.size()) {
            problems.add("the columns %s must stand side by side".formatted(field));
            return Optional.empty();
        }
        return Optional.of(
                new Range(
                        field,
                        prefix.replaceFirst("[_\\-. ]+$", ""),
                        "%d columns of numbers, whose names are numbered.".formatted(size)));
    }

    private static BigInteger number(String column) {
        Matcher name = NUMBERED.matcher(column);
        return name.matches() ? new BigInteger(name.group(2)) : BigInteger.ZERO;
    }

    /** The ranges of columns of numbers that have no name of an id, a step or a label. */
    List<Range> sideBySide() {
        List<Range> ranges = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= columns.size(); i++) {
            if (i == columns.size() || !mayBeElement(columns.get(i))) {
                if (i - start > 1) {
                    range(start, i - 1).ifPresent(ranges::add);
                }
                start = i + 1;
            }
        }
        return ranges;
    }

    private Optional<Range> range(int first, int last) {
        String field = columns.get(first) + ".." + columns.get(last);
        return ColumnRange.problem(field, columns).isPresent()
                ? Optional.empty() // numbered() has said why
                : Optional.of(
                        new Range(
                                field,
                                "",
                                "%d columns of numbers side by side. Make it a smaller range if one of them is no feature."
                                        .formatted(last - first + 1)));
    }

    private boolean mayBeElement(String column) {
        return isOfNumbers(column)
                && !FieldNames.isUsual(column, FieldNames.IDS)
                && !FieldNames.isUsual(column, FieldNames.STEPS)
                && !isLabel(column);
    }

    /** Whether the name, without a number at its end, is that of a label. */
    private static boolean isLabel(String column) {
        return FieldNames.isUsual(column.replaceFirst("[_\\-. ]*[0-9]*$", ""), FieldNames.LABELS);
    }

    private boolean isOfNumbers(String column) {
        return sample.isMostly(column, NUMBERS);
    }
}
