package org.mydropout.job.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of CSV cut into cells as RFC 4180 does, each cell's place in the line kept: cells that
 * the job does not read leave as the bytes they came, which no CSV library's writer promises.
 *
 * @param line the line's bytes
 * @param dialect what it is written with
 * @param cells where each cell stands, quotes included
 * @param count how many cells the line has, which may be more than {@code cells} has
 */
record CsvRow(byte[] line, CsvDialect dialect, List<ByteRange> cells, int count) {

    /**
     * Splits a line.
     *
     * @throws RefusedLineException if a quote opens or closes inside a cell, or never closes
     */
    static CsvRow of(byte[] line, CsvDialect dialect) throws RefusedLineException {
        return of(line, dialect, Integer.MAX_VALUE);
    }

    /**
     * Splits a line with a known number of cells. Further cells are only counted, because a place
     * takes far more memory than a comma.
     *
     * @param columns the expected number of cells
     * @throws RefusedLineException if a quote opens or closes inside a cell, or never closes
     */
    static CsvRow of(byte[] line, CsvDialect dialect, int columns) throws RefusedLineException {
        List<ByteRange> cells = new ArrayList<>();
        int count = 0;
        int start = 0;
        while (start <= line.length) {
            int end =
                    start < line.length && line[start] == dialect.quote()
                            ? quoted(line, start, dialect)
                            : bare(line, start, dialect);
            if (count < columns) {
                cells.add(new ByteRange(start, end));
            }
            count++;
            start = end + 1;
        }
        return new CsvRow(line, dialect, cells, count);
    }

    private static int bare(byte[] line, int start, CsvDialect dialect)
            throws RefusedLineException {
        int end = dialect.bareEnd(line, start);
        if (end < line.length && line[end] == dialect.quote()) {
            throw malformed(end, "has a quote inside a cell that does not begin with one");
        }
        return end;
    }

    private static int quoted(byte[] line, int start, CsvDialect dialect)
            throws RefusedLineException {
        int closing = dialect.closing(line, start + 1);
        if (closing == line.length) {
            throw malformed(start, "has a quote that does not close");
        }
        int end = closing + 1;
        if (end < line.length && line[end] != dialect.delimiter()) {
            throw malformed(end, "goes on after a closing quote");
        }
        return end;
    }

    private static RefusedLineException malformed(int at, String problem) {
        return new RefusedLineException(
                DeadLetterReason.MALFORMED,
                "The line must be one row of CSV, but " + problem + " (byte " + (at + 1) + ").");
    }

    /** The place of a cell without its quotes. A quote inside the cell is still doubled. */
    ByteRange content(int index) {
        ByteRange cell = cells.get(index);
        return isQuoted(cell) ? new ByteRange(cell.start() + 1, cell.end() - 1) : cell;
    }

    private boolean isQuoted(ByteRange cell) {
        return cell.length() > 0 && line[cell.start()] == dialect.quote();
    }

    /** The text of a cell, without its quotes. */
    String text(int index) {
        ByteRange content = content(index);
        String text = new String(line, content.start(), content.length(), StandardCharsets.UTF_8);
        String quote = String.valueOf(dialect.quote());
        return isQuoted(cells.get(index)) ? text.replace(quote + quote, quote) : text;
    }
}
