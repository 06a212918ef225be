package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.INVALID_UTF8;
import static org.mydropout.job.text.DeadLetterReason.LINE_END;
import static org.mydropout.job.text.DeadLetterReason.LINE_TOO_LONG;
import static org.mydropout.job.text.DeadLetterReason.TOMBSTONE;

import javax.annotation.Nullable;

/** Decodes the lines of one format. Not thread-safe. */
public abstract sealed class RecordDecoder permits JsonDecoder, CsvDecoder {

    RecordDecoder() {}

    /**
     * Creates a decoder of JSON lines, or of CSV rows if there is a header.
     *
     * @param header the header of CSV files, with a column for each field that the schema reads;
     *     null: lines are JSON
     */
    public static RecordDecoder of(RecordSchema schema, @Nullable CsvHeader header) {
        return header == null ? new JsonDecoder(schema) : new CsvDecoder(schema, header);
    }

    /**
     * Decodes one line.
     *
     * @throws RefusedLineException if the line is not a record of the schema
     */
    public final TextRecord decode(SourceRecord line) throws RefusedLineException {
        if (line.text() == null) {
            throw new RefusedLineException(
                    TOMBSTONE, "The message must have a value, but is a tombstone.");
        }
        if (line.isCut()) {
            throw new RefusedLineException(
                    LINE_TOO_LONG,
                    "The line must be no longer than source.max-line-size, but has "
                            + line.length()
                            + " bytes; only its beginning is kept.");
        }
        if (!Utf8.isValid(line.text())) {
            throw new RefusedLineException(
                    INVALID_UTF8, "The line must be UTF-8, but holds bytes that are not.");
        }
        return decode(line.text()).in(line.envelope());
    }

    /**
     * Refuses a message that could not be written as one line.
     *
     * @throws RefusedLineException if its value contains a line end
     */
    public static void requireOneLine(SourceRecord message) throws RefusedLineException {
        if (message.text() == null) {
            return;
        }
        for (byte character : message.text()) {
            if (character == '\n' || character == '\r') {
                throw new RefusedLineException(
                        LINE_END,
                        "The message must have no line end, since it is written as one line of a"
                                + " file, but has one.");
            }
        }
    }

    /** Decodes the bytes of one line, which must be UTF-8. */
    abstract TextRecord decode(byte[] text) throws RefusedLineException;
}
