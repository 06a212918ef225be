package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;

/** Writes a record as its line came, with the vector and the resolved step in their places. */
public final class TextRecordEncoder implements RecordEncoder<TextRecord> {
    private static final long serialVersionUID = 1L;

    private final TextFormat format;
    private transient VectorText vector;

    /** An encoder for records that were decoded from lines of the same format. */
    public TextRecordEncoder(TextFormat format) {
        this.format = format;
    }

    @Override
    public void encode(TextRecord record, OutputStream out) throws IOException {
        if (vector == null) {
            vector = new VectorText(format);
        }
        record.template()
                .write(
                        out,
                        place -> vector.write(record.vector().values(), record.shape(), place),
                        Long.toUnsignedString(record.vector().step()));
    }

    @Nullable
    @Override
    public MessageMetadata metadata(TextRecord record) {
        return record.envelope();
    }
}
