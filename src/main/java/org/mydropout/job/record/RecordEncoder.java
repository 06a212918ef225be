package org.mydropout.job.record;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a record as its line came, with the vector and the resolved step in their places. */
public final class RecordEncoder implements LineEncoder<LineRecord> {
    private static final long serialVersionUID = 1L;

    private final Format format;

    /** An encoder for records that were decoded from lines of the same format. */
    public RecordEncoder(Format format) {
        this.format = format;
    }

    @Override
    public void encode(LineRecord record, OutputStream out) throws IOException {
        record.template()
                .write(
                        out,
                        format.text(record.vector().values()),
                        Long.toUnsignedString(record.vector().step()));
    }
}
