package org.mydropout.job.text;

import java.util.Locale;

/** The text formats of a record. */
public enum TextFormat {
    /** One object a line; a vector is an array: {@code [1.0,-0.0,NaN]}. */
    JSON(".jsonl"),
    /** A header line, then one row a line; see {@link VectorNotation} for its vectors. */
    CSV(".csv");

    private final String suffix;

    TextFormat(String suffix) {
        this.suffix = suffix;
    }

    /** The ending of a file's name. */
    public String suffix() {
        return suffix;
    }

    /** The name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
