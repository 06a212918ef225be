package org.mydropout.job.text;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Writes the text of a vector. Each value is the decimal with the fewest digits, but at least two,
 * whose nearest float32 it is; of several, the nearest (Schubfach). For example {@code 1.0}, and
 * {@code 1.4E-45}, although {@code 1E-45} is enough. NaN and the infinities are written as by
 * Python's json module. The buffer is reused for the next vector.
 */
final class VectorText {

    /** A sign, nine digits, a point, an exponent as E-45, and a separator of two. */
    private static final int MOST_BYTES_PER_VALUE = 17;

    /** Two brackets and a separator of two. */
    private static final int BYTES_PER_ARRAY = 4;

    /** In bytes. The buffer of a longer text is released. */
    private static final int KEPT = 1 << 20;

    private final CsvDialect dialect;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean brackets;
    private byte separator;
    private boolean spaced;

    /**
     * @param dialect of cells of CSV
     */
    VectorText(CsvDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Writes a vector.
     *
     * @param shape the dimensions of nested arrays; null for one array
     */
    void write(float[] vector, @Nullable int[] shape, VectorNotation notation, OutputStream out)
            throws IOException {
        brackets = notation.hasBrackets();
        separator = (byte) notation.separator(dialect);
        spaced = notation == VectorNotation.SPACED_ARRAY;
        // The last value, too, may be followed by bytes that are none of its text.
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

    /** The text of one value. */
    static byte[] value(float value) {
        VectorText text = new VectorText(CsvDialect.DEFAULT);
        text.bytes = new byte[MOST_BYTES_PER_VALUE + ShortestDecimal.BYTES];
        text.append(value);
        return Arrays.copyOf(text.bytes, text.length);
    }

    /** How many arrays there are. */
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
        open();
        for (int i = 0; i < shape[depth]; i++) {
            if (i > 0) {
                separate();
            }
            at = append(vector, at, shape, depth + 1);
        }
        close();
        return at;
    }

    private void append(float[] vector, int start, int end) {
        open();
        for (int i = start; i < end; i++) {
            if (i > start) {
                separate();
            }
            append(vector[i]);
        }
        close();
    }

    private void separate() {
        bytes[length++] = separator;
        if (spaced) {
            bytes[length++] = ' ';
        }
    }

    private void open() {
        if (brackets) {
            bytes[length++] = '[';
        }
    }

    private void close() {
        if (brackets) {
            bytes[length++] = ']';
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

    @SuppressWarnings("deprecation") // copies ASCII exactly, without a temporary array
    private void append(String ascii) {
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }
}
