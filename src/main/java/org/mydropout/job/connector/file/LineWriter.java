package org.mydropout.job.connector.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.mydropout.job.text.RecordEncoder;

/** Writes values as the lines of one file, each ended by {@code \n}. */
final class LineWriter<T> implements BulkWriter<T> {

    /** In bytes. With 64 KiB, a file system takes half as much processor time again. */
    private static final int BUFFER_SIZE = 1 << 18;

    private final RecordEncoder<T> encoder;
    private final OutputStream out;

    private LineWriter(RecordEncoder<T> encoder, FSDataOutputStream out) {
        this.encoder = encoder;
        this.out = new BufferedOutputStream(out, BUFFER_SIZE);
    }

    /** Creates a writer per file. Each file begins with the given line, if it is not null. */
    static <T> BulkWriter.Factory<T> factory(@Nullable byte[] head, RecordEncoder<T> encoder) {
        return out -> {
            LineWriter<T> writer = new LineWriter<>(encoder, out);
            if (head != null) {
                writer.out.write(head);
                writer.out.write('\n');
            }
            return writer;
        };
    }

    @Override
    public void addElement(T element) throws IOException {
        encoder.encode(element, out);
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }
}
