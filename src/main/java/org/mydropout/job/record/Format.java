package org.mydropout.job.record;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Locale;

/** The text formats of a record, and how each writes a vector. */
public enum Format {
    /** One object a line; a vector is an array: {@code [1.0,-0.0,NaN]}. */
    JSON(".jsonl", "[", ',', "]"),
    /** A header line, then one row a line; a vector is one cell: {@code 1.0;-0.0;NaN}. */
    CSV(".csv", "", ';', "");

    /** About what a float32 takes as text, with its separator. */
    private static final int CHARACTERS_PER_VALUE = 11;

    private final String suffix;
    private final String open;
    private final char separator;
    private final String close;

    Format(String suffix, String open, char separator, String close) {
        this.suffix = suffix;
        this.open = open;
        this.separator = separator;
        this.close = close;
    }

    /** The ending of a file's name. */
    public String suffix() {
        return suffix;
    }

    /**
     * Writes each value as the shortest decimal whose nearest float32 it is (Schubfach), and what
     * is not finite as Python's json module does.
     */
    String text(float[] vector) {
        StringBuilder text =
                new StringBuilder(vector.length * CHARACTERS_PER_VALUE + 2).append(open);
        for (int i = 0; i < vector.length; i++) {
            if (i > 0) {
                text.append(separator);
            }
            text.append(NumberOutput.toString(vector[i], true));
        }
        return text.append(close).toString();
    }

    /** The name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
