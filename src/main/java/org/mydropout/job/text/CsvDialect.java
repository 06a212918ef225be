package org.mydropout.job.text;

import java.io.Serializable;

/**
 * The characters of ASCII that CSV files are written with.
 *
 * @param delimiter what stands between two cells
 * @param quote what a cell begins and ends with that holds delimiters, quotes or line ends
 * @param arrayDelimiter what stands between two numbers of a vector in one cell; white space may
 *     stand beside it, and a space may come several times
 */
public record CsvDialect(char delimiter, char quote, char arrayDelimiter) implements Serializable {

    /** RFC 4180, and the delimiter that Flink has between the elements of an array. */
    public static final CsvDialect DEFAULT = new CsvDialect(',', '"', ';');

    /** How the quotes of some lines of a file stand at their end. */
    public enum Quotes {
        /** All are closed: the row ends with the line. */
        CLOSED,
        /** A quoted cell goes on: the line end is part of it. */
        OPEN,
        /** One opens or closes inside a cell. */
        WRONG
    }

    /**
     * How the quotes stand at the end of a line.
     *
     * @param open whether the line begins inside a quoted cell
     */
    public Quotes quotes(byte[] line, boolean open) {
        boolean quoted = open || startsWithQuote(line, 0);
        int at = quoted && !open ? 1 : 0;
        while (true) {
            if (quoted) {
                at = closing(line, at);
                if (at == line.length) {
                    return Quotes.OPEN;
                }
                at++;
                if (at < line.length && line[at] != delimiter) {
                    return Quotes.WRONG;
                }
            } else {
                at = bareEnd(line, at);
                if (at < line.length && line[at] == quote) {
                    return Quotes.WRONG;
                }
            }
            if (at == line.length) {
                return Quotes.CLOSED;
            }
            at++;
            quoted = startsWithQuote(line, at);
            if (quoted) {
                at++;
            }
        }
    }

    private boolean startsWithQuote(byte[] line, int at) {
        return at < line.length && line[at] == quote;
    }

    /** Index of the quote that closes a cell, or the line's length. */
    int closing(byte[] line, int start) {
        int at = start;
        while (at < line.length) {
            if (line[at] == quote) {
                if (at + 1 == line.length || line[at + 1] != quote) {
                    return at;
                }
                at++;
            }
            at++;
        }
        return line.length;
    }

    /** Index of the delimiter or quote that comes next, or the line's length. */
    int bareEnd(byte[] line, int start) {
        int at = start;
        while (at < line.length && line[at] != delimiter && line[at] != quote) {
            at++;
        }
        return at;
    }
}
