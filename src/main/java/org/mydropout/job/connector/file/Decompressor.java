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
 * Decompresses files. What a file is compressed with is told by its ending, and by its first bytes
 * where the ending lies: a {@code .jsonl} that is a gzip file is read as one, and a {@code .gz}
 * that is none of them is refused, for it may be damaged.
 *
 * <p>For all formats: a file may be of several streams one after the other, as {@code pbzip2} and
 * {@code cat} make it, and of empty ones; what follows the last and is no stream is refused. An
 * {@code .xz} may also have zeros between its streams, in fours, as its format allows.
 */
final class Decompressor {

    /** In KiB; {@code xz -9} asks for 65 MiB, and a file of a few bytes can ask for 1.5 GiB. */
    private static final int MOST_MEMORY = 128 << 10;

    private static final CompressorStreamFactory FACTORY =
            new CompressorStreamFactory(true, MOST_MEMORY);

    private Decompressor() {}

    /**
     * The content of a file.
     *
     * @param name the file's name, as messages have it
     * @param in its bytes; closed if this fails
     * @return what is in the file; reading throws an InvalidFileException where what is compressed
     *     is damaged, and what {@code in} throws
     * @throws InvalidFileException if the file does not begin as its ending says
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

    /** A file's own bytes, which can fail to be read although they are right. */
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

    /** A file's content, and what is wrong with it in our own words. */
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

        /** At the first read, since a damaged file can be found to be so by its first bytes. */
        private InputStream open() throws CompressorException {
            return compression == Compression.DEFLATE
                    ? new ZlibInputStream(bytes)
                    : FACTORY.createCompressorInputStream(compression.factoryName(), bytes);
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
