package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import javax.annotation.Nullable;

/** Writes a value as one line of UTF-8 text. */
public interface RecordEncoder<T> extends Serializable {

    /** Writes the bytes of the line, without a line end. Does not close the stream. */
    void encode(T value, OutputStream out) throws IOException;

    /** The metadata of the message from which the value was made; null for a line of a file. */
    @Nullable
    MessageMetadata metadata(T value);
}
