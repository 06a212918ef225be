package org.mydropout.job;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalBlockLocation;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Files below {@link #ROOT}, under the scheme {@code golden}. A job's savepoint contains the paths
 * of its input and output. As with {@code hdfs:} or {@code s3:}, these paths do not depend on the
 * machine, and the paths of unfinished files are relative to the working directory. So a savepoint
 * from one checkout can be restored in any other.
 *
 * <p>It can also hold back the rest of each file, so that a job waits midway as long as needed.
 */
public final class GoldenFileSystem extends LocalFileSystem {

    static final java.nio.file.Path ROOT = java.nio.file.Path.of("target", "golden-job");

    private static final String SCHEME = "golden";
    private static final int ALL = Integer.MAX_VALUE;
    private static final Object LOCK = new Object();

    private static int readable = ALL;

    /** Holds back everything after the first lines of each file, including open files. */
    static void holdAfter(int lines) {
        synchronized (LOCK) {
            readable = lines;
            LOCK.notifyAll();
        }
    }

    /** Lets everything through. */
    static void release() {
        holdAfter(ALL);
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public File pathToFile(Path path) {
        return new File(ROOT + path.getPath());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return new Status(super.getFileStatus(path), path.makeQualified(this));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return pathToFile(path).isFile()
                ? new FileStatus[] {getFileStatus(path)}
                : super.listStatus(path); // calls getFileStatus for each entry
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[] {new LocalBlockLocation(file.getLen())};
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return new HeldStream(super.open(path), Files.readAllBytes(pathToFile(path).toPath()));
    }

    /** Found by Flink through {@code META-INF/services}. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileSystem create(URI uri) {
            return new GoldenFileSystem();
        }
    }

    /** A file's status under its path in this file system. */
    private record Status(FileStatus local, Path path) implements FileStatus {
        @Override
        public long getLen() {
            return local.getLen();
        }

        @Override
        public long getBlockSize() {
            return local.getBlockSize();
        }

        @Override
        public short getReplication() {
            return local.getReplication();
        }

        @Override
        public long getModificationTime() {
            return local.getModificationTime();
        }

        @Override
        public long getAccessTime() {
            return local.getAccessTime();
        }

        @Override
        public boolean isDir() {
            return local.isDir();
        }

        @Override
        public Path getPath() {
            return path;
        }
    }

    private static final class HeldStream extends FSDataInputStream {
        private final FSDataInputStream in;
        private final byte[] content;

        private HeldStream(FSDataInputStream in, byte[] content) {
            this.in = in;
            this.content = content;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, (int) Math.min(length, free()));
        }

        /**
         * Waits until bytes may be read, and returns how many; more than the file has if nothing is
         * held back.
         */
        private long free() throws IOException {
            synchronized (LOCK) {
                while (readable != ALL && positionAfter(readable) <= in.getPos()) {
                    try {
                        LOCK.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException("Reading was interrupted.");
                    }
                }
                return readable == ALL ? ALL : positionAfter(readable) - in.getPos();
            }
        }

        private int positionAfter(int lines) {
            int position = 0;
            for (int ends = 0; ends < lines && position < content.length; position++) {
                ends += content[position] == '\n' ? 1 : 0;
            }
            return position;
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
            in.close();
        }
    }
}
