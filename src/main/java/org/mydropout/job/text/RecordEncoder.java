package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import javax.annotation.Nullable;

/** Writes a value as one line of UTF-8 text. */
public interface RecordEncoder<T> extends Serializable {

    /** Writes the line's bytes, without a line end, and leaves the stream open. */
    void encode(T value, OutputStream out) throws IOException;

    /** What came with the message that the value was made of; null for a line of a file. */
    @Nullable
    MessageMetadata metadata(T value);
}
