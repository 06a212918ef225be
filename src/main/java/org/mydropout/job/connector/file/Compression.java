package org.mydropout.job.connector.file;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** What a file may be compressed with. */
enum Compression {
    /** RFC 1952. */
    GZIP("gzip", CompressorStreamFactory.GZIP, "gz|gzip", "1f8b"),
    /** Its header ends in the digits of pi, or of its square root where the stream is empty. */
    BZIP2("bzip2", CompressorStreamFactory.BZIP2, "bz2", "425a68..(314159265359|177245385090)"),
    /** The .xz format, not the older one of LZMA alone. */
    XZ("xz", CompressorStreamFactory.XZ, "xz", "fd377a585a00"),
    /** RFC 8878; the second beginning is that of a frame to be skipped. */
    ZSTANDARD("Zstandard", CompressorStreamFactory.ZSTANDARD, "zst", "28b52ffd|5.2a4d18"),
    /** Zlib's format, RFC 1950. Text can begin as it does, so the ending alone tells it. */
    DEFLATE("zlib", CompressorStreamFactory.DEFLATE, "deflate", "(?!)");

    /** How many bytes of a file tell its compression. */
    static final int MAGIC = 10;

    private final String description;
    private final String factoryName;
    private final String endings;
    private final String beginnings;

    /**
     * @param endings a regular expression of what names end in
     * @param beginnings a regular expression of what files begin with, in hexadecimal
     */
    Compression(String description, String factoryName, String endings, String beginnings) {
        this.description = description;
        this.factoryName = factoryName;
        this.endings = endings;
        this.beginnings = beginnings;
    }

    /** The one that a file's name ends in. */
    static Optional<Compression> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(one -> ending.matches(one.endings)).findFirst();
    }

    /** The one that a file's first bytes tell, which are {@link #MAGIC} or all there are. */
    static Optional<Compression> ofContent(byte[] beginning) {
        String hexadecimal = HexFormat.of().formatHex(beginning);
        return Arrays.stream(values())
                .filter(one -> hexadecimal.matches("(" + one.beginnings + ").*"))
                .findFirst();
    }

    /** The name that commons-compress has for it. */
    String factoryName() {
        return factoryName;
    }

    /** The name that people have for it. */
    @Override
    public String toString() {
        return description;
    }
}
