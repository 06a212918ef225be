package org.mydropout.job.connector.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.annotation.Nullable;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvDialect.Quotes;

/**
 * Reads rows: lines, or of CSV several lines where a quoted cell holds line ends, which stay as
 * they are.
 *
 * <p>A quote that does not close, or not before the limit, or not where it may, makes a row of the
 * line that it opens on alone. So one quote too many spoils one row and none below it.
 */
final class RowReader implements Closeable {

    private final LineReader lines;
    private final int limit;
    @Nullable private final CsvDialect dialect;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long length;
    private long consumed;
    private long linesRead;
    private long number;

    /**
     * @param in the bytes; closed with this reader
     * @param limit in bytes, the longest row that is given whole
     * @param dialect of rows of CSV; null: every line is a row
     */
    RowReader(InputStream in, int limit, @Nullable CsvDialect dialect) throws IOException {
        this.lines = new LineReader(in, limit);
        this.limit = limit;
        this.dialect = dialect;
    }

    /**
     * @param end how many bytes lie before the line after it
     */
    private record Line(byte[] text, long length, boolean carriageReturn, long end) {}

    /** Reads the next row, or its beginning if it is longer than the limit; null after the last. */
    @Nullable
    byte[] read() throws IOException {
        if (dialect == null) {
            byte[] text = lines.read();
            length = lines.length();
            consumed = lines.consumed();
            linesRead++;
            number = linesRead;
            return text;
        }
        Line line = next();
        if (line == null) {
            return null;
        }
        number = linesRead + 1;
        List<Line> row = dialect.quotes(line.text(), false) == Quotes.OPEN ? rest(line) : List.of();
        linesRead += Math.max(1, row.size());
        return row.isEmpty() ? one(line) : joined(row);
    }

    private byte[] one(Line line) {
        length = line.length();
        consumed = line.end();
        return line.text();
    }

    /** The lines of a row, from the first on; none if it does not end as it should. */
    private List<Line> rest(Line first) throws IOException {
        List<Line> row = new ArrayList<>(List.of(first));
        Quotes quotes = first.length() > limit ? Quotes.WRONG : Quotes.OPEN;
        long size = first.length();
        while (quotes == Quotes.OPEN) {
            Line line = next();
            if (line == null) {
                break;
            }
            row.add(line);
            size += line.length() + 2;
            quotes = size > limit ? Quotes.WRONG : dialect.quotes(line.text(), true);
        }
        if (quotes == Quotes.CLOSED) {
            return row;
        }
        for (int i = row.size() - 1; i > 0; i--) {
            ahead.push(row.get(i));
        }
        return List.of();
    }

    private byte[] joined(List<Line> row) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < row.size(); i++) {
            text.writeBytes(row.get(i).text());
            if (i < row.size() - 1) {
                if (row.get(i).carriageReturn()) {
                    text.write('\r');
                }
                text.write('\n');
            }
        }
        length = text.size();
        consumed = row.get(row.size() - 1).end();
        return text.toByteArray();
    }

    @Nullable
    private Line next() throws IOException {
        if (!ahead.isEmpty()) {
            return ahead.pop();
        }
        byte[] text = lines.read();
        return text == null
                ? null
                : new Line(text, lines.length(), lines.endedWithCarriageReturn(), lines.consumed());
    }

    /** The whole length in bytes of the row read last. */
    long length() {
        return length;
    }

    /** How many bytes lie before the next row. */
    long consumed() {
        return consumed;
    }

    /** The number of the row's first line, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
