package org.mydropout.job.record;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a record as its line came, with the vector and the resolved step in their places. */
public final class RecordEncoder implements LineEncoder<LineRecord> {
    private static final long serialVersionUID = 1L;

    private final Format format;
    private transient VectorText vector;

    /** An encoder for records that were decoded from lines of the same format. */
    public RecordEncoder(Format format) {
        this.format = format;
    }

    @Override
    public void encode(LineRecord record, OutputStream out) throws IOException {
        if (vector == null) {
            vector = new VectorText(format);
        }
        record.template()
                .write(
                        out,
                        place -> vector.write(record.vector().values(), place),
                        Long.toUnsignedString(record.vector().step()));
    }
}
