package org.mydropout.flink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The bytes of a float array: its length as a big-endian int, then the elements as little-endian
 * IEEE 754 bit patterns. Every bit survives, including those of NaNs.
 *
 * <p>Elements are moved in bulk, {@value #CHUNK} per call of the view: one call per element would
 * take several times as long. An instance has a buffer, so threads must not share it.
 *
 * <p>Corrupt input is refused. Memory is allocated as elements arrive, so a corrupt length alone
 * allocates none.
 */
@PublicEvolving
public final class FloatArrayCodec {

    /** Elements per call: 8 KiB, well within a first-level cache. */
    private static final int CHUNK = 2048;

    /** The longest array that the JVM allocates ({@code ArraysSupport.SOFT_MAX_ARRAY_LENGTH}). */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final byte[] bytes = new byte[CHUNK * Float.BYTES];
    private final FloatBuffer floats =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

    /**
     * Writes an array.
     *
     * @param values the elements; not written to
     * @throws IOException if the target fails
     */
    public void write(float[] values, DataOutput target) throws IOException {
        target.writeInt(values.length);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(CHUNK, values.length - done);
            floats.put(0, values, done, count);
            target.write(bytes, 0, count * Float.BYTES);
            done += count;
        }
    }

    /**
     * Reads an array into a new one.
     *
     * @throws EOFException if the source ends before the last element
     * @throws IOException if the length is invalid, or the source fails
     */
    public float[] read(DataInput source) throws IOException {
        int length = readLength(source);
        float[] values = new float[Math.min(length, CHUNK)];
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            readChunk(source, done, count, length);
            if (done + count > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(length, 2L * values.length));
            }
            floats.get(0, values, done, count);
            done += count;
        }
        return values;
    }

    /**
     * Copies an array from one view to another, without decoding it.
     *
     * @throws EOFException if the source ends before the last element
     * @throws IOException if the length is invalid, or a view fails
     */
    public void copy(DataInput source, DataOutput target) throws IOException {
        int length = readLength(source);
        target.writeInt(length);
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            readChunk(source, done, count, length);
            target.write(bytes, 0, count * Float.BYTES);
            done += count;
        }
    }

    private static int readLength(DataInput source) throws IOException {
        int length = source.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException(
                    "The length of a float array must be from 0 to "
                            + MAX_LENGTH
                            + ", but the bytes say "
                            + length
                            + ": they are corrupt, or were written by something else.");
        }
        return length;
    }

    private void readChunk(DataInput source, int done, int count, int length) throws IOException {
        try {
            source.readFully(bytes, 0, count * Float.BYTES);
        } catch (EOFException e) {
            EOFException truncated =
                    new EOFException(
                            "A float array of "
                                    + length
                                    + " elements is truncated: the input ends among elements "
                                    + done
                                    + " to "
                                    + (done + count - 1)
                                    + ".");
            truncated.initCause(e);
            throw truncated;
        }
    }
}
