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
 *
 * <p>Values of other types are written in the same way, but so that their nearest float64 is
 * exactly the value, as Python writes {@code y.tolist()}. So whoever reads them, as numbers of
 * whatever width, has the value that was written: {@code 0.10009765625} and not {@code 0.1} for the
 * bfloat16 that is nearest to that.
 */
final class VectorText {

    /** A sign, nine digits, a point, an exponent as E-45, and a separator of two. */
    private static final int MOST_BYTES_PER_VALUE = 17;

    /** A sign, 17 digits, a point, an exponent as E-324, and a separator of two. */
    private static final int MOST_BYTES_PER_DOUBLE = 26;

    /** Two brackets and a separator of two. */
    private static final int BYTES_PER_ARRAY = 4;

    private static final float[] NONE = {};

    /** In bytes. The buffer of a longer text is released. */
    private static final int KEPT = 1 << 20;

    private final CsvDialect dialect;
    private float[] vector = NONE;
    @Nullable private double[] doubles;
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
        write(vector, null, vector.length, shape, notation, out);
    }

    /** As the other method, for elements of another type than float32. */
    void write(double[] vector, @Nullable int[] shape, VectorNotation notation, OutputStream out)
            throws IOException {
        write(NONE, vector, vector.length, shape, notation, out);
    }

    private void write(
            float[] float32,
            @Nullable double[] typed,
            int size,
            @Nullable int[] shape,
            VectorNotation notation,
            OutputStream out)
            throws IOException {
        vector = float32;
        doubles = typed;
        brackets = notation.hasBrackets();
        separator = (byte) notation.separator(dialect);
        spaced = notation == VectorNotation.SPACED_ARRAY;
        // The last value, too, may be followed by bytes that are none of its text.
        int most =
                Math.addExact(
                        Math.addExact(
                                Math.multiplyExact(
                                        size,
                                        typed == null
                                                ? MOST_BYTES_PER_VALUE
                                                : MOST_BYTES_PER_DOUBLE),
                                ShortestDecimal.BYTES),
                        Math.multiplyExact(arrays(shape), BYTES_PER_ARRAY));
        if (bytes.length < most) {
            bytes = new byte[most];
        }
        length = 0;
        if (shape == null) {
            append(0, size);
        } else {
            append(0, shape, 0);
        }
        vector = NONE;
        doubles = null;
        out.write(bytes, 0, length);
        if (bytes.length > KEPT) {
            bytes = new byte[0];
        }
    }

    /** The text of one value. */
    static byte[] value(float value) {
        VectorText text = new VectorText(CsvDialect.DEFAULT);
        text.bytes = new byte[MOST_BYTES_PER_VALUE + ShortestDecimal.BYTES];
        text.vector = new float[] {value};
        text.appendFloats(0, 1);
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
    private int append(int start, int[] shape, int depth) {
        if (depth == shape.length - 1) {
            append(start, start + shape[depth]);
            return start + shape[depth];
        }
        int at = start;
        open();
        for (int i = 0; i < shape[depth]; i++) {
            if (i > 0) {
                length = separate(bytes, length);
            }
            at = append(at, shape, depth + 1);
        }
        close();
        return at;
    }

    private void append(int start, int end) {
        open();
        if (doubles == null) {
            appendFloats(start, end);
        } else {
            appendDoubles(doubles, start, end);
        }
        close();
    }

    /** The index is a local variable, because C2 keeps it in a register then. */
    private void appendFloats(int start, int end) {
        byte[] text = bytes;
        int at = length;
        for (int i = start; i < end; i++) {
            if (i > start) {
                at = separate(text, at);
            }
            int after = ShortestDecimal.write(vector[i], text, at);
            if (after == at) {
                after = write(NumberOutput.toString(vector[i], true), text, at);
            }
            at = after;
        }
        length = at;
    }

    private void appendDoubles(double[] values, int start, int end) {
        for (int i = start; i < end; i++) {
            if (i > start) {
                length = separate(bytes, length);
            }
            length = write(NumberOutput.toString(values[i], true), bytes, length);
        }
    }

    private int separate(byte[] text, int at) {
        int after = at;
        text[after++] = separator;
        if (spaced) {
            text[after++] = ' ';
        }
        return after;
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

    @SuppressWarnings("deprecation") // copies ASCII exactly, without a temporary array
    private static int write(String ascii, byte[] text, int at) {
        ascii.getBytes(0, ascii.length(), text, at);
        return at + ascii.length();
    }
}
