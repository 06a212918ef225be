package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import javax.annotation.Nullable;

/** Writes a value as one line of UTF-8 text. */
public interface RecordEncoder<T> extends Serializable {

    /** Writes the bytes of the line, without a line end. Does not close the stream. */
    void encode(T value, OutputStream out) throws IOException;

    /**
     * The part of a split that a value is in, where that decides in which directory it is written;
     * null where none does.
     */
    @Nullable
    default String part(T value) {
        return null;
    }

    /** What came with the message that the value was made of; null for a line of a file. */
    @Nullable
    MessageMetadata metadata(T value);
}
