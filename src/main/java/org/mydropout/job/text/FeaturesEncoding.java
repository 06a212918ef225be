package org.mydropout.job.text;

import java.nio.ByteOrder;
import java.util.Locale;

/** The encoding of a vector in a line: decimal numbers, or base64 of its values. */
public enum FeaturesEncoding {
    /** Decimal numbers: a JSON array, or a CSV cell with values separated by {@code ;}. */
    ARRAY(null),
    /**
     * Base64 of little-endian values: {@code encoding_format: base64} of OpenAI's embeddings API,
     * and NumPy's {@code tobytes()} of {@code '<f4'}.
     */
    BASE64_LE(ByteOrder.LITTLE_ENDIAN),
    /**
     * Base64 of big-endian values: Jackson's {@code @JsonFormat(shape = BINARY)} for {@code
     * float[]}, and Java's {@link java.nio.ByteBuffer} by default.
     */
    BASE64_BE(ByteOrder.BIG_ENDIAN);

    private final ByteOrder order;

    FeaturesEncoding(ByteOrder order) {
        this.order = order;
    }

    /** Whether the vector is a base64 string. */
    public boolean isBase64() {
        return order != null;
    }

    /**
     * The byte order of a value.
     *
     * @throws IllegalStateException if the encoding is not base64
     */
    public ByteOrder byteOrder() {
        if (order == null) {
            throw new IllegalStateException("Decimal text has no byte order.");
        }
        return order;
    }

    /** The NumPy name of a type whose values are in this byte order. */
    public String numpyType(ElementType type) {
        return (byteOrder() == ByteOrder.LITTLE_ENDIAN ? "<" : ">") + type.numpyCode();
    }

    /** The option value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
