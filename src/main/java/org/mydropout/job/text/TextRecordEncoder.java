package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;

/** Writes the unchanged line of a record, with its new vector and step in their places. */
public final class TextRecordEncoder implements RecordEncoder<TextRecord> {
    private static final long serialVersionUID = 1L;

    private final FeaturesEncoding encoding;
    private final ElementType type;
    private final CsvDialect dialect;
    @Nullable private transient VectorWriter vector;

    /** An encoder for float32 records that were decoded from lines of JSON. */
    public TextRecordEncoder(FeaturesEncoding encoding) {
        this(encoding, CsvDialect.DEFAULT);
    }

    /** An encoder for float32 records that were decoded from rows of a dialect of CSV. */
    public TextRecordEncoder(FeaturesEncoding encoding, CsvDialect dialect) {
        this(encoding, ElementType.FLOAT32, dialect);
    }

    /**
     * An encoder.
     *
     * @param dialect of rows of CSV; has no effect on lines of JSON
     */
    public TextRecordEncoder(FeaturesEncoding encoding, ElementType type, CsvDialect dialect) {
        this.encoding = encoding;
        this.type = type;
        this.dialect = dialect;
    }

    @Override
    public void encode(TextRecord record, OutputStream out) throws IOException {
        if (vector == null) {
            vector = writer();
        }
        record.template()
                .write(
                        out,
                        place -> vector.write(record, place),
                        Long.toUnsignedString(record.vector().step()),
                        record.fields());
    }

    @Nullable
    @Override
    public String part(TextRecord record) {
        return record.part();
    }

    private VectorWriter writer() {
        if (encoding.isBase64()) {
            return new Base64Vector(encoding, type)::write;
        }
        VectorText text = new VectorText(dialect);
        if (type != ElementType.FLOAT32) {
            return (record, out) ->
                    text.write(record.typed(), record.shape(), record.notation(), out);
        }
        return (record, out) ->
                text.write(record.vector().values(), record.shape(), record.notation(), out);
    }

    @Nullable
    @Override
    public MessageMetadata metadata(TextRecord record) {
        return record.envelope();
    }

    /** Writes the text of a vector. */
    @FunctionalInterface
    private interface VectorWriter {
        void write(TextRecord record, OutputStream out) throws IOException;
    }
}
