package org.mydropout.job.connector.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Splits a stream of bytes into lines at {@code \n} or {@code \r\n}, without decoding them. A UTF-8
 * byte order mark at the beginning is not part of the first line. The line readers of the JDK,
 * Flink and commons-io decode, and do not limit the length of a line.
 *
 * <p>A line longer than the limit is read to its end, but only its beginning is returned. So the
 * limit also bounds memory.
 */
final class LineReader implements Closeable {

    private static final int BUFFER_SIZE = 1 << 16;

    /**
     * How much is returned of a line that is longer than the limit: enough for people to recognize
     * it.
     */
    private static final int BEGINNING = 1 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LINE_ENDS = '\n' * ONES;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;

    /** The number of bytes before those in the buffer. */
    private long earlier;

    private int end;
    private byte[] line = new byte[1024];
    private int kept;
    private long length;
    private boolean carriageReturn;

    /**
     * @param in the bytes; the reader closes it
     * @param limit the longest complete line, in bytes
     */
    LineReader(InputStream in, int limit) throws IOException {
        this.in = in;
        this.limit = limit;
        fill(in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length));
        if (Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            position = end;
        }
    }

    /**
     * Reads the next line, or its beginning if it is longer than the limit; null after the last.
     */
    @Nullable
    byte[] read() throws IOException {
        kept = 0;
        length = 0;
        boolean any = false;
        while (position < end || fill(in.read(buffer, 0, BUFFER_SIZE))) {
            any = true;
            int start = position;
            int lineEnd = lineEnd();
            position = Math.min(lineEnd + 1, end);
            int count = lineEnd - start;
            if (lineEnd < end && kept == 0) {
                length = count;
                return line(buffer, start, count);
            }
            keep(start, count);
            if (lineEnd < end) {
                break;
            }
        }
        return any ? line(line, 0, kept) : null;
    }

    /** Index of the next line end in the buffer, or of the buffer's end. */
    private int lineEnd() {
        int at = position;
        while (at <= end - Long.BYTES) {
            long others =
                    (long) LONGS.get(buffer, at) ^ LINE_ENDS; // a line end becomes a byte of 0
            long found = (others - ONES) & ~others & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The line or its beginning, from its kept bytes. */
    private byte[] line(byte[] bytes, int start, int count) {
        int rest = count;
        boolean whole = count == length && length <= limit + 1L; // one more: a carriage return
        carriageReturn = whole && count > 0 && bytes[start + count - 1] == '\r';
        if (carriageReturn) {
            rest--;
            length--;
        }
        return Arrays.copyOfRange(
                bytes, start, start + (length > limit ? Math.min(limit, BEGINNING) : rest));
    }

    /** The full length of the last line, in bytes. */
    long length() {
        return length;
    }

    /** The number of bytes before the next line. */
    long consumed() {
        return earlier + position;
    }

    /** Whether {@code \r} stood between the line read last and its end. */
    boolean endedWithCarriageReturn() {
        return carriageReturn;
    }

    private boolean fill(int read) {
        earlier += end;
        position = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    private void keep(int start, int count) {
        int more = Math.min(count, limit + 1 - kept); // one more for a carriage return
        if (kept + more > line.length) {
            line =
                    Arrays.copyOf(
                            line,
                            (int) Math.min(limit + 1L, Math.max(kept + more, 2L * line.length)));
        }
        System.arraycopy(buffer, start, line, kept, more);
        kept += more;
        length += count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
