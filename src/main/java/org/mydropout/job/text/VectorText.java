package org.mydropout.job.text;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The text of a vector: each value as the shortest decimal whose nearest float32 it is (Schubfach),
 * and what is not finite as Python's json module writes it. The buffer is used again for the next
 * vector.
 */
final class VectorText {

    /** A sign, nine digits, a point, an exponent as E-45, and a separator. */
    private static final int MOST_BYTES_PER_VALUE = 16;

    /** In bytes; what a longer text took is given back. */
    private static final int KEPT = 1 << 20;

    private final TextFormat format;
    private byte[] bytes = new byte[0];
    private int length;

    VectorText(TextFormat format) {
        this.format = format;
    }

    /** Writes a vector as the format has it. */
    void write(float[] vector, OutputStream out) throws IOException {
        // The last value, too, may be followed by bytes that are none of its text.
        int most =
                Math.addExact(
                        Math.multiplyExact(vector.length, MOST_BYTES_PER_VALUE),
                        ShortestDecimal.BYTES);
        if (bytes.length < most) {
            bytes = new byte[most];
        }
        length = 0;
        append(format.open());
        for (int i = 0; i < vector.length; i++) {
            if (i > 0) {
                bytes[length++] = (byte) format.separator();
            }
            append(vector[i]);
        }
        append(format.close());
        out.write(bytes, 0, length);
        if (bytes.length > KEPT) {
            bytes = new byte[0];
        }
    }

    private void append(float value) {
        int end = ShortestDecimal.write(value, bytes, length);
        if (end == length) {
            append(NumberOutput.toString(value, true));
        } else {
            length = end;
        }
    }

    @SuppressWarnings("deprecation") // of ASCII it copies every bit, without an array in between
    private void append(String ascii) {
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }
}
