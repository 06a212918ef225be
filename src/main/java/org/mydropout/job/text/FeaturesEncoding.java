package org.mydropout.job.text;

import java.nio.ByteOrder;
import java.util.Locale;

/**
 * How a line holds the vector: as decimal text, or as base64 of the bytes of its float32 values.
 */
public enum FeaturesEncoding {
    /** Decimal numbers: a JSON array, or a CSV cell with values separated by {@code ;}. */
    ARRAY(null),
    /**
     * Base64 of little-endian float32 values: {@code encoding_format: base64} of OpenAI's
     * embeddings API, and NumPy's {@code tobytes()} of {@code '<f4'}.
     */
    BASE64_LE(ByteOrder.LITTLE_ENDIAN),
    /**
     * Base64 of big-endian float32 values: Jackson's {@code @JsonFormat(shape = BINARY)} for {@code
     * float[]}, and Java's {@link java.nio.ByteBuffer} as it comes.
     */
    BASE64_BE(ByteOrder.BIG_ENDIAN);

    private final ByteOrder order;

    FeaturesEncoding(ByteOrder order) {
        this.order = order;
    }

    /** Whether the vector is one text of base64. */
    public boolean isBase64() {
        return order != null;
    }

    /**
     * The order of the four bytes of a value.
     *
     * @throws IllegalStateException if values are decimal text
     */
    public ByteOrder byteOrder() {
        if (order == null) {
            throw new IllegalStateException("Decimal text has no byte order.");
        }
        return order;
    }

    /** The name of its values' type in NumPy. */
    public String numpyType() {
        return byteOrder() == ByteOrder.LITTLE_ENDIAN ? "<f4" : ">f4";
    }

    /** The name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
