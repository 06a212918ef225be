package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.INVALID_UTF8;
import static org.mydropout.job.text.DeadLetterReason.LINE_END;
import static org.mydropout.job.text.DeadLetterReason.LINE_TOO_LONG;
import static org.mydropout.job.text.DeadLetterReason.TOMBSTONE;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.annotation.Nullable;

/** Decodes the lines of one format. Not thread-safe. */
public abstract sealed class RecordDecoder permits JsonDecoder, CsvDecoder {

    /** 128 bits, so that no two of 2^50 lines have a hash in common but by a chance of 2^-29. */
    private static final int HASH_BYTES = 16;

    private final IdSource idFrom;

    RecordDecoder(RecordSchema schema) {
        this.idFrom = schema.idFrom();
    }

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
        return decode(line.text(), id(line)).in(line.envelope());
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

    /** The id of a line that has none of its own; null where it has. */
    @Nullable
    private String id(SourceRecord line) {
        return switch (idFrom) {
            case FIELD -> null;
            case POSITION -> line.placeId();
            case HASH -> hash(line.text());
        };
    }

    private static String hash(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The refusal of a line that has an id although the job gives it one. */
    static RefusedLineException ownId(String field) {
        return new RefusedLineException(
                DeadLetterReason.MALFORMED,
                "The line must not have the field '%s', in which the job writes the id, but has; source.fields.id names another."
                        .formatted(field));
    }

    /**
     * Decodes the bytes of one line, which are UTF-8.
     *
     * @param id the id that the job gives it; null: it has one
     */
    abstract TextRecord decode(byte[] text, @Nullable String id) throws RefusedLineException;
}
