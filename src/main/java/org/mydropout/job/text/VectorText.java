package org.mydropout.job.text;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;

/**
 * Writes the text of a vector. Each value is the decimal with the fewest digits, but at least two,
 * whose nearest float32 it is; of several, the nearest (Schubfach). For example {@code 1.0}, and
 * {@code 1.4E-45}, although {@code 1E-45} is enough. NaN and the infinities are written as by
 * Python's json module. The buffer is reused for the next vector.
 */
final class VectorText {

    /** A sign, nine digits, a point, an exponent such as E-45, and a separator. */
    private static final int MOST_BYTES_PER_VALUE = 16;

    /** Two brackets and a separator. */
    private static final int BYTES_PER_ARRAY = 3;

    /** In bytes. The buffer of a longer text is released. */
    private static final int KEPT = 1 << 20;

    private final TextFormat format;
    private byte[] bytes = new byte[0];
    private int length;

    VectorText(TextFormat format) {
        this.format = format;
    }

    /**
     * Writes a vector.
     *
     * @param shape the dimensions of nested arrays, in JSON only; null for one array
     */
    void write(float[] vector, @Nullable int[] shape, OutputStream out) throws IOException {
        // Room for the bytes after the last value, too, which may be overwritten.
        int most =
                Math.addExact(
                        Math.addExact(
                                Math.multiplyExact(vector.length, MOST_BYTES_PER_VALUE),
                                ShortestDecimal.BYTES),
                        Math.multiplyExact(arrays(shape), BYTES_PER_ARRAY));
        if (bytes.length < most) {
            bytes = new byte[most];
        }
        length = 0;
        if (shape == null) {
            append(vector, 0, vector.length);
        } else {
            append(vector, 0, shape, 0);
        }
        out.write(bytes, 0, length);
        if (bytes.length > KEPT) {
            bytes = new byte[0];
        }
    }

    /** The number of arrays. */
    private static int arrays(@Nullable int[] shape) {
        int all = 1;
        int ofDepth = 1;
        for (int i = 0; shape != null && i < shape.length - 1; i++) {
            ofDepth = Math.multiplyExact(ofDepth, shape[i]);
            all = Math.addExact(all, ofDepth);
        }
        return all;
    }

    /** Appends the array at a depth and returns the index of the vector after it. */
    private int append(float[] vector, int start, int[] shape, int depth) {
        if (depth == shape.length - 1) {
            append(vector, start, start + shape[depth]);
            return start + shape[depth];
        }
        int at = start;
        append(format.open());
        for (int i = 0; i < shape[depth]; i++) {
            if (i > 0) {
                bytes[length++] = (byte) format.separator();
            }
            at = append(vector, at, shape, depth + 1);
        }
        append(format.close());
        return at;
    }

    private void append(float[] vector, int start, int end) {
        append(format.open());
        for (int i = start; i < end; i++) {
            if (i > start) {
                bytes[length++] = (byte) format.separator();
            }
            append(vector[i]);
        }
        append(format.close());
    }

    private void append(float value) {
        int end = ShortestDecimal.write(value, bytes, length);
        if (end == length) {
            append(NumberOutput.toString(value, true));
        } else {
            length = end;
        }
    }

    @SuppressWarnings("deprecation") // copies ASCII exactly, without a temporary array
    private void append(String ascii) {
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }
}
