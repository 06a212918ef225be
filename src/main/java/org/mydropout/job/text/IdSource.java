package org.mydropout.job.text;

import java.util.Locale;

/** Where the id of a record comes from. */
public enum IdSource {
    /** A field of the record. */
    FIELD,
    /** Where the record stands: {@link SourceRecord#placeId}. */
    POSITION,
    /**
     * The record's bytes: the first 128 bits of the SHA-256 of its line, without the line end, or
     * of its message's value, in hexadecimal. Equal records have equal ids.
     */
    HASH;

    /** The name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
