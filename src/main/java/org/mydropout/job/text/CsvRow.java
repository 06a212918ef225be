package org.mydropout.job.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of CSV cut into cells as RFC 4180 does, each cell's place in the line kept: cells that
 * the job does not read leave as the bytes they came, which no CSV library's writer promises.
 *
 * @param line the line's bytes
 * @param cells where each cell stands, quotes included
 * @param count how many cells the line has, which may be more than {@code cells} has
 */
record CsvRow(byte[] line, List<ByteRange> cells, int count) {

    /**
     * Cuts a line.
     *
     * @throws RefusedLineException if a quote opens or closes inside a cell, or never closes
     */
    static CsvRow of(byte[] line) throws RefusedLineException {
        return of(line, Integer.MAX_VALUE);
    }

    /**
     * Cuts a line whose number of cells is known. Further ones are counted only, for a place takes
     * far more memory than the comma that makes it.
     *
     * @param columns how many cells the line is to have
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

    /** Where a cell's bytes stand, without its quotes; a quote inside of it is two. */
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
