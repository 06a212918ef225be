package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;

/** Writes the unchanged line of a record, with its new vector and step in their places. */
public final class TextRecordEncoder implements RecordEncoder<TextRecord> {
    private static final long serialVersionUID = 1L;

    private final TextFormat format;
    private final FeaturesEncoding encoding;
    @Nullable private transient VectorWriter vector;

    /**
     * Creates an encoder for records that were decoded from lines of the same format and encoding.
     */
    public TextRecordEncoder(TextFormat format, FeaturesEncoding encoding) {
        this.format = format;
        this.encoding = encoding;
    }

    @Override
    public void encode(TextRecord record, OutputStream out) throws IOException {
        if (vector == null) {
            vector = encoding.isBase64() ? base64() : new VectorText(format)::write;
        }
        record.template()
                .write(
                        out,
                        place -> vector.write(record.vector().values(), record.shape(), place),
                        Long.toUnsignedString(record.vector().step()));
    }

    private VectorWriter base64() {
        Base64Vector base64 = new Base64Vector(encoding);
        byte[] quote = format.quote().getBytes(StandardCharsets.US_ASCII);
        return (values, shape, out) -> {
            out.write(quote);
            base64.write(values, out);
            out.write(quote);
        };
    }

    @Nullable
    @Override
    public MessageMetadata metadata(TextRecord record) {
        return record.envelope();
    }

    /** Writes the text of a vector. */
    @FunctionalInterface
    private interface VectorWriter {
        void write(float[] values, @Nullable int[] shape, OutputStream out) throws IOException;
    }
}
