package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads and writes a vector as base64 (RFC 4648, section 4, with padding) of its float32 values,
 * four bytes each. Every bit survives, including those of NaNs. Each vector has exactly one text:
 * missing padding and surplus bits, which Java's decoder would repair, are refused.
 */
final class Base64Vector {

    private static final int CHARACTERS_PER_GROUP = 4;

    private final ByteOrder order;

    /**
     * @param encoding a base64 encoding
     */
    Base64Vector(FeaturesEncoding encoding) {
        this.order = encoding.byteOrder();
    }

    /**
     * Reads the characters of a range of bytes. An empty range is a vector without elements.
     *
     * @throws RefusedLineException if they are not base64, or not a whole number of values
     */
    float[] read(byte[] text, int start, int end, FieldReader field) throws RefusedLineException {
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
        if (bytes.remaining() % Float.BYTES != 0) {
            throw refuse(
                    field, "one of " + bytes.remaining() + " bytes, which is no multiple of 4");
        }
        if (hasSpareBits(text, end, bytes)) {
            throw refuse(field, "one whose last character has bits beyond the last byte");
        }
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.order(order).asFloatBuffer().get(vector);
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
        return "base64 of %s float32 values"
                .formatted(order == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian");
    }

    /** Writes the characters of a vector. */
    void write(float[] vector, OutputStream out) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(vector.length, Float.BYTES)).order(order);
        bytes.asFloatBuffer().put(vector);
        out.write(Base64.getEncoder().encode(bytes.array()));
    }
}
