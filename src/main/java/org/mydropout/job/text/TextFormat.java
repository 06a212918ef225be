package org.mydropout.job.text;

import java.util.Locale;

/** The text formats of records, and the text of vectors in them. */
public enum TextFormat {
    /** One object per line; a vector is an array: {@code [1.0,-0.0,NaN]}. */
    JSON(".jsonl", "[", ',', "]", "\""),
    /** A header line, then one row per line; a vector is a cell: {@code 1.0;-0.0;NaN}. */
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

    /** The beginning of a vector. */
    String open() {
        return open;
    }

    /** The separator of two values. */
    char separator() {
        return separator;
    }

    /** The end of a vector. */
    String close() {
        return close;
    }

    /** The quote before and after a string that needs no escapes. */
    String quote() {
        return quote;
    }

    /** The option value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
