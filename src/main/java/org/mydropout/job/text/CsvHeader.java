package org.mydropout.job.text;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a CSV file, from its first line.
 *
 * @param line the bytes of the header line
 * @param columns the names of the columns in order, each once
 */
public record CsvHeader(byte[] line, List<String> columns) implements Serializable {

    /**
     * Reads a header line.
     *
     * @throws RefusedLineException if the line is not CSV or names a column twice
     */
    public static CsvHeader of(byte[] line) throws RefusedLineException {
        if (!Utf8.isValid(line)) {
            throw new RefusedLineException(
                    DeadLetterReason.INVALID_UTF8,
                    "The header must be UTF-8, but holds bytes that are not.");
        }
        CsvRow row = CsvRow.of(line);
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < row.cells().size(); i++) {
            String column = row.text(i);
            if (!seen.add(column)) {
                throw new RefusedLineException(
                        DeadLetterReason.MALFORMED,
                        "The header must name each column once, but names '" + column + "' again.");
            }
            columns.add(column);
        }
        return new CsvHeader(line, List.copyOf(columns));
    }

    /** The header with one more column at its end, quoted if necessary. */
    public CsvHeader with(String column) {
        String cell = cell(column);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(line);
        longer.write(',');
        longer.writeBytes(cell.getBytes(StandardCharsets.UTF_8));
        List<String> more = new ArrayList<>(columns);
        more.add(column);
        return new CsvHeader(longer.toByteArray(), List.copyOf(more));
    }

    /**
     * Returns the header for columns.
     *
     * @throws RefusedLineException if a column is named twice
     */
    public static CsvHeader of(List<String> columns) throws RefusedLineException {
        return of(
                columns.stream()
                        .map(CsvHeader::cell)
                        .collect(Collectors.joining(","))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(String column) {
        return column.matches("[^\",]*") ? column : '"' + column.replace("\"", "\"\"") + '"';
    }
}
