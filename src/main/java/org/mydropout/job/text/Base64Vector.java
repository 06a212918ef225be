package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.annotation.Nullable;

/**
 * Reads and writes a vector as base64 (RFC 4648, section 4, with padding) of its values, with the
 * bytes of their type. Every bit of a float32 survives, including those of NaNs; the NaNs of other
 * types become one. Each vector has exactly one text: missing padding and surplus bits, which
 * Java's decoder would repair, are refused.
 */
final class Base64Vector {

    private static final int CHARACTERS_PER_GROUP = 4;

    private final ByteOrder order;
    private final ElementType type;

    /**
     * @param encoding a base64 encoding
     */
    Base64Vector(FeaturesEncoding encoding, ElementType type) {
        this.order = encoding.byteOrder();
        this.type = type;
    }

    /** That of a schema; null if its vectors are not base64. */
    @Nullable
    static Base64Vector of(RecordSchema schema) {
        return schema.encoding().isBase64()
                ? new Base64Vector(schema.encoding(), schema.type())
                : null;
    }

    /**
     * Reads the characters of a range of bytes. An empty range is a vector without elements.
     *
     * @throws RefusedLineException if they are not base64, or not a whole number of values
     */
    Elements read(byte[] text, int start, int end, FieldReader field) throws RefusedLineException {
        int length = end - start;
        if (length % CHARACTERS_PER_GROUP != 0) {
            checkCharacters(text, start, end, field);
            throw refuse(field, "one of " + length + " characters, which is no multiple of 4");
        }
        ByteBuffer bytes;
        try {
            bytes = Base64.getDecoder().decode(ByteBuffer.wrap(text, start, length));
        } catch (IllegalArgumentException e) {
            checkCharacters(text, start, end, field);
            throw refuse(field, "one with padding before its end");
        }
        if (bytes.remaining() % type.bytes() != 0) {
            throw refuse(
                    field,
                    "one of %d bytes, which is no multiple of %d"
                            .formatted(bytes.remaining(), type.bytes()));
        }
        if (hasSpareBits(text, end, bytes)) {
            throw refuse(field, "one whose last character has bits beyond the last byte");
        }
        bytes.order(order);
        if (type != ElementType.FLOAT32) {
            return Elements.of(typed(bytes));
        }
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return Elements.of(vector);
    }

    private double[] typed(ByteBuffer bytes) {
        double[] vector = new double[bytes.remaining() / type.bytes()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] =
                    type.value(
                            type.bytes() == Short.BYTES
                                    ? Short.toUnsignedInt(bytes.getShort())
                                    : bytes.getLong());
        }
        return vector;
    }

    /** Whether the last group has surplus bits: writing it again gives another group. */
    private static boolean hasSpareBits(byte[] text, int end, ByteBuffer bytes) {
        int left = bytes.remaining() % 3;
        if (left == 0) {
            return false;
        }
        byte[] last = new byte[left];
        bytes.get(bytes.limit() - left, last);
        byte[] written = Base64.getEncoder().encode(last);
        return text[end - CHARACTERS_PER_GROUP + left] != written[left];
    }

    private void checkCharacters(byte[] text, int start, int end, FieldReader field)
            throws RefusedLineException {
        for (int at = start; at < end; at++) {
            if (!isBase64(text[at])) {
                String rest = new String(text, at, end - at, StandardCharsets.UTF_8);
                String character = rest.substring(0, rest.offsetByCodePoints(0, 1));
                throw refuse(
                        field,
                        "one with %s as character %d"
                                .formatted(
                                        PrintableText.quoted(PrintableText.printable(character)),
                                        at - start + 1));
            }
        }
    }

    private static boolean isBase64(byte character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '+'
                || character == '/'
                || character == '=';
    }

    private RefusedLineException refuse(FieldReader field, String value) {
        return field.refuse(WRONG_TYPE, rule(), value);
    }

    /** The rule for a text. */
    String rule() {
        return "base64 of %s %s values"
                .formatted(order == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian", type);
    }

    /** Writes the characters of a record's vector. */
    void write(TextRecord record, OutputStream out) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(record.size(), type.bytes())).order(order);
        if (record.typed() == null) {
            bytes.asFloatBuffer().put(record.vector().values());
        } else {
            for (double value : record.typed()) {
                if (type.bytes() == Short.BYTES) {
                    bytes.putShort((short) type.bits(value));
                } else {
                    bytes.putLong(type.bits(value));
                }
            }
        }
        out.write(Base64.getEncoder().encode(bytes.array()));
    }
}
