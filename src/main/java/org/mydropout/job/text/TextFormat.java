package org.mydropout.job.text;

import java.util.Locale;

/** The text formats of a record, and how each writes a vector. */
public enum TextFormat {
    /** One object a line; a vector is an array: {@code [1.0,-0.0,NaN]}. */
    JSON(".jsonl", "[", ',', "]", "\""),
    /** A header line, then one row a line; a vector is one cell: {@code 1.0;-0.0;NaN}. */
    CSV(".csv", "", ';', "", "");

    private final String suffix;
    private final String open;
    private final char separator;
    private final String close;
    private final String quote;

    TextFormat(String suffix, String open, char separator, String close, String quote) {
        this.suffix = suffix;
        this.open = open;
        this.separator = separator;
        this.close = close;
        this.quote = quote;
    }

    /** The ending of a file's name. */
    public String suffix() {
        return suffix;
    }

    /** What a vector begins with. */
    String open() {
        return open;
    }

    /** What stands between two values. */
    char separator() {
        return separator;
    }

    /** What a vector ends with. */
    String close() {
        return close;
    }

    /** What stands before and after a text that needs no escapes. */
    String quote() {
        return quote;
    }

    /** The name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
