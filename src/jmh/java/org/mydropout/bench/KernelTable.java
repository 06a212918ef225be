package org.mydropout.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The measurements of one run.
 *
 * @param environment processor, JDK and date
 * @param rows sorted by layout, the C loop first in each
 * @param keyNanoseconds to derive the key of a record
 * @param keyBytes allocated for it
 */
public record KernelTable(
        String environment, List<Row> rows, double keyNanoseconds, double keyBytes) {

    /** The sizes for which anything was measured, ascending. */
    SortedSet<Integer> sizes() {
        SortedSet<Integer> sizes = new TreeSet<>();
        rows.forEach(row -> sizes.addAll(row.nanoseconds().keySet()));
        return sizes;
    }

    /** The table for people, with the ratio to the C loop behind each number. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Dropout at rate 0.1, one thread: nanoseconds an element (times the C loop)\n");
        text.append(environment).append("\n\n").append(cell("", 50));
        sizes().forEach(size -> text.append("%16d".formatted(size)));
        for (Row row : rows) {
            text.append('\n').append(cell(row.layout(), 14)).append(cell(row.name(), 36));
            if (row.nanoseconds().isEmpty()) {
                text.append("  ").append(row.remark());
            }
            for (int size : sizes()) {
                text.append("%16s".formatted(withRatio(row, size)));
            }
        }
        return text.append(
                        "\n\nKey of a record (id, step, make_rng): %.1f ns, %.0f bytes allocated"
                                .formatted(keyNanoseconds, keyBytes))
                .toString();
    }

    private String withRatio(Row row, int size) {
        Double nanoseconds = row.nanoseconds().get(size);
        if (nanoseconds == null) {
            return "";
        }
        Double ratio = ratio(row, size);
        return ratio == null
                ? "%.2f        ".formatted(nanoseconds)
                : "%.2f (%5.2f)".formatted(nanoseconds, ratio);
    }

    /** Null where the C loop was not measured. */
    private Double ratio(Row row, int size) {
        Row c =
                rows.stream()
                        .filter(r -> r.layout().equals(row.layout()))
                        .findFirst()
                        .orElseThrow();
        Double base = c.nanoseconds().get(size);
        return base == null ? null : row.nanoseconds().get(size) / base;
    }

    private static String cell(String content, int width) {
        return content + " ".repeat(Math.max(1, width - content.length()));
    }

    /** One line a measurement. */
    String csv() {
        StringBuilder csv = new StringBuilder("layout,name,size,nanoseconds,times_c\n");
        for (Row row : rows) {
            row.nanoseconds()
                    .forEach(
                            (size, nanoseconds) -> {
                                Double ratio = ratio(row, size);
                                csv.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%s,\"%s\",%d,%.4f,%s%n",
                                                row.layout(),
                                                row.name(),
                                                size,
                                                nanoseconds,
                                                ratio == null ? "" : ratio));
                            });
        }
        return csv.toString();
    }

    /** Everything. */
    String json() throws JsonProcessingException {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(this);
    }
}
