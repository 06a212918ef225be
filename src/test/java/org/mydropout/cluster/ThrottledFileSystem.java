package org.mydropout.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local file system as a slow disk, under the scheme {@code throttled}. Reading slows down
 * towards the end of a file, and the last byte is held back. Once a file {@value #RELEASE} exists
 * in the same directory, reading is as fast as usual. So a job keeps reading records and cannot end
 * until the test releases it. While a file {@value #HOLD} exists there, a file is not closed, so a
 * job that is stopped does not end.
 */
public final class ThrottledFileSystem extends LocalFileSystem {

    static final String SCHEME = "throttled";

    /** Begins with a dot, so that Flink does not read it as input. */
    static final String RELEASE = ".release";

    /** As {@link #RELEASE}. While it exists, closing a file waits. */
    static final String HOLD = ".hold";

    /**
     * A read returns at most this fraction of the rest of the file, so two thirds are read in 20 s.
     */
    private static final int PARTS = 2000;

    private static final Duration TIME_PER_PART = Duration.ofMillis(10);

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return new ThrottledStream(
                super.open(path),
                getFileStatus(path).getLen(),
                java.nio.file.Path.of(path.getParent().getPath()));
    }

    /** Found by Flink through {@code META-INF/services}. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileSystem create(URI uri) {
            return new ThrottledFileSystem();
        }
    }

    private static final class ThrottledStream extends FSDataInputStream {
        private final FSDataInputStream in;
        private final long last;
        private final java.nio.file.Path release;
        private final java.nio.file.Path hold;

        private ThrottledStream(FSDataInputStream in, long length, java.nio.file.Path directory) {
            this.in = in;
            this.last = length - 1;
            this.release = directory.resolve(RELEASE);
            this.hold = directory.resolve(HOLD);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            boolean released = Files.exists(release);
            while (!released) {
                pause();
                released = Files.exists(release);
                if (in.getPos() < last) {
                    break;
                }
            }
            long part = Math.max(1, (last - in.getPos()) / PARTS);
            return in.read(bytes, offset, released ? length : (int) Math.min(length, part));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void close() throws IOException {
            while (Files.exists(hold)) {
                pause();
            }
            in.close();
        }

        private static void pause() throws IOException {
            LockSupport.parkNanos(TIME_PER_PART.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Waiting was interrupted.");
            }
        }
    }
}
