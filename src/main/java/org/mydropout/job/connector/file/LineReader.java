package org.mydropout.job.connector.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Cuts a stream of bytes into lines at {@code \n} or {@code \r\n}, without decoding them. A UTF-8
 * byte order mark at the stream's start is not part of the first line.
 *
 * <p>A line longer than the limit is read to its end, but only its beginning is given, so memory
 * stays bounded by the limit.
 */
final class LineReader implements Closeable {

    private static final int BUFFER_SIZE = 1 << 16;

    /** How much of a line beyond the limit is given: enough for a person to know it by. */
    private static final int BEGINNING = 1 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int end;
    private byte[] line = new byte[1024];
    private int kept;
    private long length;

    /**
     * @param in the bytes; closed with this reader
     * @param limit in bytes, the longest line that is given whole
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
            int lineEnd = position;
            while (lineEnd < end && buffer[lineEnd] != '\n') {
                lineEnd++;
            }
            keep(lineEnd - position);
            if (lineEnd < end) {
                position = lineEnd + 1;
                break;
            }
            position = end;
        }
        if (!any) {
            return null;
        }
        if (length == kept && kept > 0 && line[kept - 1] == '\r') {
            kept--;
            length--;
        }
        return Arrays.copyOf(line, length > limit ? Math.min(limit, BEGINNING) : kept);
    }

    /** The whole length in bytes of the line read last. */
    long length() {
        return length;
    }

    private boolean fill(int read) {
        position = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    private void keep(int count) {
        int more = Math.min(count, limit + 1 - kept); // one more: it may be a carriage return
        if (kept + more > line.length) {
            line =
                    Arrays.copyOf(
                            line,
                            (int) Math.min(limit + 1L, Math.max(kept + more, 2L * line.length)));
        }
        System.arraycopy(buffer, position, line, kept, more);
        kept += more;
        length += count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
