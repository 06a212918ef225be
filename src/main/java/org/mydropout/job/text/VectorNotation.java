package org.mydropout.job.text;

/** How a line writes its vector; what a job writes is in the notation of what it read. */
public enum VectorNotation {
    /** {@code [1.0,2.0]}, in JSON always. */
    ARRAY,
    /** {@code [1.0, 2.0]}, as Python writes a list into a cell of CSV. */
    SPACED_ARRAY,
    /** {@code 1.0;2.0}, one cell of CSV, with {@link CsvDialect#arrayDelimiter}. */
    CELL,
    /** {@code 1.0,2.0}, several cells of CSV, with {@link CsvDialect#delimiter}. */
    CELLS;

    /** What stands between two numbers, before a space. */
    char separator(CsvDialect dialect) {
        return switch (this) {
            case ARRAY, SPACED_ARRAY -> ',';
            case CELL -> dialect.arrayDelimiter();
            case CELLS -> dialect.delimiter();
        };
    }

    /** Whether the vector, and each array nested in it, stands in brackets. */
    boolean hasBrackets() {
        return this == ARRAY || this == SPACED_ARRAY;
    }
}
