package org.mydropout.job.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of CSV, split into cells by RFC 4180. It keeps the place of each cell in the line, so
 * that cells that the job does not read are copied byte for byte. No CSV library's writer promises
 * that.
 *
 * @param line the bytes of the line
 * @param cells the place of each cell, including quotes
 * @param count the number of cells in the line, which may be greater than that of {@code cells}
 */
record CsvRow(byte[] line, List<ByteRange> cells, int count) {

    /**
     * Splits a line.
     *
     * @throws RefusedLineException if a quote opens or closes inside a cell, or never closes
     */
    static CsvRow of(byte[] line) throws RefusedLineException {
        return of(line, Integer.MAX_VALUE);
    }

    /**
     * Splits a line with a known number of cells. Further cells are only counted, because a place
     * takes far more memory than a comma.
     *
     * @param columns the expected number of cells
     * @throws RefusedLineException if a quote opens or closes inside a cell, or never closes
     */
    static CsvRow of(byte[] line, int columns) throws RefusedLineException {
        List<ByteRange> cells = new ArrayList<>();
        int count = 0;
        int start = 0;
        while (start <= line.length) {
            int end =
                    start < line.length && line[start] == '"'
                            ? quoted(line, start)
                            : bare(line, start);
            if (count < columns) {
                cells.add(new ByteRange(start, end));
            }
            count++;
            start = end + 1;
        }
        return new CsvRow(line, cells, count);
    }

    private static int bare(byte[] line, int start) throws RefusedLineException {
        int at = start;
        while (at < line.length && line[at] != ',') {
            if (line[at] == '"') {
                throw malformed(at, "has a quote inside a cell that does not begin with one");
            }
            at++;
        }
        return at;
    }

    private static int quoted(byte[] line, int start) throws RefusedLineException {
        int at = start + 1;
        while (true) {
            if (at >= line.length) {
                throw malformed(start, "has a quote that does not close on the line");
            }
            if (line[at++] == '"') {
                if (at == line.length || line[at] == ',') {
                    return at;
                }
                if (line[at++] != '"') {
                    throw malformed(at - 1, "goes on after a closing quote");
                }
            }
        }
    }

    private static RefusedLineException malformed(int at, String problem) {
        return new RefusedLineException(
                DeadLetterReason.MALFORMED,
                "The line must be one row of CSV, but " + problem + " (byte " + (at + 1) + ").");
    }

    /** The place of a cell without its quotes. A quote inside the cell is still doubled. */
    ByteRange content(int index) {
        ByteRange cell = cells.get(index);
        return cell.length() > 0 && line[cell.start()] == '"'
                ? new ByteRange(cell.start() + 1, cell.end() - 1)
                : cell;
    }

    /** The text of a cell, without its quotes. */
    String text(int index) {
        ByteRange cell = cells.get(index);
        String text = new String(line, cell.start(), cell.length(), StandardCharsets.UTF_8);
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }
}
