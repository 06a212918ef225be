package org.mydropout.job.text;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a CSV file, from its first line.
 *
 * @param line the header line's bytes
 * @param columns the columns' names in order, each once
 * @param dialect what it and all rows are written with
 */
public record CsvHeader(byte[] line, List<String> columns, CsvDialect dialect)
        implements Serializable {

    /**
     * Reads a header line.
     *
     * @throws RefusedLineException if the line is not CSV or names a column twice
     */
    public static CsvHeader of(byte[] line, CsvDialect dialect) throws RefusedLineException {
        if (!Utf8.isValid(line)) {
            throw new RefusedLineException(
                    DeadLetterReason.INVALID_UTF8,
                    "The header must be UTF-8, but holds bytes that are not.");
        }
        CsvRow row = CsvRow.of(line, dialect);
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
        return new CsvHeader(line, List.copyOf(columns), dialect);
    }

    /** What else the only column's name may be cut at, if there is only one. */
    public Optional<Character> otherDelimiter() {
        return columns.size() > 1
                ? Optional.empty()
                : Stream.of(';', ',', '\t', '|')
                        .filter(c -> columns.get(0).indexOf(c) >= 0)
                        .findFirst();
    }

    /** The header with one more column at its end, quoted if necessary. */
    public CsvHeader with(String column) {
        String cell = cell(column, dialect);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(line);
        longer.write(dialect.delimiter());
        longer.writeBytes(cell.getBytes(StandardCharsets.UTF_8));
        List<String> more = new ArrayList<>(columns);
        more.add(column);
        return new CsvHeader(longer.toByteArray(), List.copyOf(more), dialect);
    }

    /**
     * Returns the header for columns.
     *
     * @throws RefusedLineException if a column is named twice
     */
    public static CsvHeader of(List<String> columns, CsvDialect dialect)
            throws RefusedLineException {
        return of(
                columns.stream()
                        .map(column -> cell(column, dialect))
                        .collect(Collectors.joining(String.valueOf(dialect.delimiter())))
                        .getBytes(StandardCharsets.UTF_8),
                dialect);
    }

    /** A text as a cell, in quotes where it needs them. */
    static String cell(String column, CsvDialect dialect) {
        String quote = String.valueOf(dialect.quote());
        boolean bare =
                column.chars()
                        .noneMatch(
                                c ->
                                        c == dialect.delimiter()
                                                || c == dialect.quote()
                                                || c == '\n'
                                                || c == '\r');
        return bare ? column : quote + column.replace(quote, quote + quote) + quote;
    }
}
