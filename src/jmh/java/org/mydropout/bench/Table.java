package org.mydropout.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measurements side by side, each with its ratio to the first row of its group: the cost relative
 * to that row.
 *
 * @param title the title
 * @param unit the unit of the values, such as "ns an element" or "records/s"
 * @param isRate whether more is better; twice the rate is half the cost
 * @param rows the rows, those of a group together
 */
record Table(String title, String unit, boolean isRate, List<Row> rows) {

    private static final int NAME_WIDTH = 52;
    private static final int VALUE_WIDTH = 20;

    /** The columns with measurements: ascending numbers, others in the order of appearance. */
    List<String> columns() {
        return rows.stream()
                .flatMap(row -> row.values().keySet().stream())
                .distinct()
                .sorted(Comparator.comparingInt(Table::number))
                .toList();
    }

    private static int number(String column) {
        return column.chars().allMatch(Character::isDigit) ? Integer.parseInt(column) : 0;
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
    private Optional<Double> ratio(Row row, String column) {
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

    /** The table in Markdown: without its title, the groups of rows, and rows without numbers. */
    String markdown() {
        StringBuilder text = new StringBuilder("| ").append(unit).append(" |");
        columns().forEach(column -> text.append(' ').append(heading(column)).append(" |"));
        text.append("\n|").append("---|".repeat(1 + columns().size()));
        for (Row row : rows) {
            if (row.values().isEmpty()) {
                continue;
            }
            text.append("\n| ").append(row.name());
            text.append(row.remark().isEmpty() ? " |" : " (" + row.remark() + ") |");
            columns()
                    .forEach(
                            column ->
                                    text.append(' ')
                                            .append(cell(row, column).replace("( ", "("))
                                            .append(" |"));
        }
        return text.append('\n').toString();
    }

    private static String heading(String column) {
        return number(column) == 0 ? column : format("%,d", number(column));
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
