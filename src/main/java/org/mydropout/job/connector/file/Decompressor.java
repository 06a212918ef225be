package org.mydropout.job.connector.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Decompresses files, which their endings tell, as Flink's {@code StandardDeCompressors} does. But
 * of a file of several streams one after the other, as {@code pbzip2} and {@code cat} make it, all
 * are read, where Flink's ends after the first of a {@code .bz2}; and what memory an {@code .xz}
 * may ask for is limited.
 */
final class Decompressor {

    /** In KiB; {@code xz -9} asks for 65 MiB, and a file of a few bytes can ask for 1.5 GiB. */
    private static final int MOST_MEMORY = 128 << 10;

    private Decompressor() {}

    /** Whether a file's ending says that it is compressed. */
    static boolean isCompressed(String name) {
        return switch (ending(name)) {
            case "gz", "gzip", "bz2", "xz", "deflate" -> true;
            default -> false;
        };
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * The content of a file.
     *
     * @param name the file's name
     * @param in its bytes; closed if this fails
     * @return {@code in} itself if the ending is none of a compressed file; reading throws an
     *     IOException where what is compressed is damaged
     * @throws IOException if the file does not begin as its ending says
     */
    static InputStream decompress(String name, InputStream in) throws IOException {
        try {
            return switch (ending(name)) {
                case "gz", "gzip" -> new GzipCompressorInputStream(in, true);
                case "bz2" -> new BZip2CompressorInputStream(new BufferedInputStream(in), true);
                case "xz" -> new XZInputStream(new BufferedInputStream(in), MOST_MEMORY);
                case "deflate" -> new InflaterInputStream(in);
                default -> in;
            };
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
