package org.mydropout.job.connector.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * Decompresses files. The first bytes of a file and the ending of its name determine the
 * compression: a {@code .jsonl} that is a gzip file is read as one, and a {@code .gz} that is not
 * compressed is refused, because it may be damaged.
 *
 * <p>In all formats, a file may have several streams one after the other, as written by {@code
 * pbzip2} and {@code cat}, including empty ones. Other bytes after the last stream are refused. An
 * {@code .xz} may also have zeros between its streams, in multiples of four, as its format allows.
 */
final class Decompressor {

    /** In KiB. {@code xz -9} needs 65 MiB, and a file of a few bytes can demand 1.5 GiB. */
    private static final int MOST_MEMORY = 128 << 10;

    private Decompressor() {}

    /**
     * The content of a file.
     *
     * @param name the name of the file in messages
     * @param in the bytes of the file; closed if this method fails
     * @return the content of the file; reading throws an InvalidFileException if the compressed
     *     data is damaged, and the exceptions of {@code in}
     * @throws InvalidFileException if the file's first bytes contradict its ending
     */
    static InputStream decompress(String name, InputStream in) throws IOException {
        Source source = new Source(in);
        try {
            BufferedInputStream bytes = new BufferedInputStream(source);
            bytes.mark(Compression.MAGIC);
            byte[] beginning = bytes.readNBytes(Compression.MAGIC);
            bytes.reset();
            Optional<Compression> named = Compression.ofName(name);
            Optional<Compression> found = Compression.ofContent(beginning);
            if (found.isEmpty() && named.isEmpty()) {
                return bytes;
            }
            Compression compression = found.orElseGet(named::get);
            if (found.isEmpty() && compression != Compression.DEFLATE) {
                throw new InvalidFileException(
                        "%s must be a %s file, as its ending says, but does not begin as one."
                                .formatted(name, compression));
            }
            return new Content(name, compression, source, bytes);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The bytes of a file. Reading them can fail although they are valid. */
    private static final class Source extends FilterInputStream {
        private boolean failed;

        private Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }

    /** The content of a file. Reports damage in our own words. */
    private static final class Content extends InputStream {
        private final String name;
        private final Compression compression;
        private final Source source;
        private final InputStream bytes;
        private InputStream content;

        private Content(String name, Compression compression, Source source, InputStream bytes) {
            this.name = name;
            this.compression = compression;
            this.source = source;
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            try {
                if (content == null) {
                    content = open();
                }
                return content.read(to, offset, length);
            } catch (IOException | CompressorException | RuntimeException e) {
                throw problem(e);
            }
        }

        /** Called by the first read, because opening a damaged file may already fail. */
        private InputStream open() throws CompressorException {
            return compression == Compression.DEFLATE
                    ? new ZlibInputStream(bytes)
                    : new CompressorStreamFactory(true, MOST_MEMORY)
                            .createCompressorInputStream(compression.factoryName(), bytes);
        }

        private IOException problem(Exception e) {
            if (source.failed && e instanceof IOException io) {
                return io;
            }
            String problem = "is damaged";
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof MemoryLimitException) {
                    problem = "asks for more than %d MiB of memory".formatted(MOST_MEMORY >> 10);
                } else if (cause instanceof EOFException) {
                    problem = "ends too soon";
                }
            }
            InvalidFileException invalid =
                    new InvalidFileException(
                            "%s must be a whole %s file, but %s."
                                    .formatted(name, compression, problem));
            invalid.addSuppressed(e);
            return invalid;
        }

        @Override
        public void close() throws IOException {
            (content == null ? bytes : content).close();
        }
    }
}
