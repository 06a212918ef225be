package org.mydropout.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Measurements side by side, each with its ratio to the first row of its group: the cost relative
 * to that row.
 *
 * @param title the title
 * @param unit the unit of the values, such as "ns an element" or "records/s"
 * @param isRate whether more is better; twice the rate is half the cost
 * @param rows the rows, those of a group together
 */
public record Table(String title, String unit, boolean isRate, List<Row> rows) {

    private static final int NAME_WIDTH = 52;
    private static final int VALUE_WIDTH = 20;

    /** The columns with measurements, in the order of first appearance. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.values().keySet()));
        return columns;
    }

    /** The table for people. */
    String text() {
        StringBuilder text = new StringBuilder(title).append(": ").append(unit);
        text.append(" (times what the first row takes)\n").append(padded(""));
        columns().forEach(column -> text.append(right(column)));
        for (Row row : rows) {
            text.append('\n')
                    .append(
                            padded(
                                    row.group().isEmpty()
                                            ? row.name()
                                            : row.group() + ": " + row.name()));
            columns().forEach(column -> text.append(right(cell(row, column))));
            text.append(row.remark().isEmpty() ? "" : "  " + row.remark());
        }
        return text.append('\n').toString();
    }

    private String cell(Row row, String column) {
        Double value = row.values().get(column);
        if (value == null) {
            return "";
        }
        String number = format(value < 1000 ? "%.2f" : "%,.0f", value);
        return number + ratio(row, column).map(ratio -> format(" (%5.2f)", ratio)).orElse("");
    }

    /** The ratio; empty if this row or the first row of the group has no number. */
    Optional<Double> ratio(Row row, String column) {
        Double base =
                rows.stream()
                        .filter(first -> first.group().equals(row.group()))
                        .findFirst()
                        .orElseThrow()
                        .values()
                        .get(column);
        Double value = row.values().get(column);
        if (base == null || value == null) {
            return Optional.empty();
        }
        return Optional.of(isRate ? base / value : value / base);
    }

    /**
     * The table as CSV, one line per measurement: title, unit, group, name, column, value, ratio.
     */
    String csv() {
        StringBuilder csv = new StringBuilder();
        for (Row row : rows) {
            row.values()
                    .forEach(
                            (column, value) ->
                                    csv.append(
                                            format(
                                                    "\"%s\",%s,\"%s\",\"%s\",%s,%.4f,%s%n",
                                                    title,
                                                    unit,
                                                    row.group(),
                                                    row.name(),
                                                    column,
                                                    value,
                                                    ratio(row, column)
                                                            .map(ratio -> format("%.4f", ratio))
                                                            .orElse(""))));
        }
        return csv.toString();
    }

    private static String padded(String content) {
        return content + " ".repeat(Math.max(1, NAME_WIDTH - content.length()));
    }

    private static String right(String content) {
        return " ".repeat(Math.max(1, VALUE_WIDTH - content.length())) + content;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
