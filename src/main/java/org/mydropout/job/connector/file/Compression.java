package org.mydropout.job.connector.file;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** The compression formats of files. */
enum Compression {
    /** RFC 1952. */
    GZIP("gzip", CompressorStreamFactory.GZIP, "gz|gzip", "1f8b"),
    /**
     * The header of the first block has the digits of pi; that of an empty stream has those of its
     * square root.
     */
    BZIP2("bzip2", CompressorStreamFactory.BZIP2, "bz2", "425a68..(314159265359|177245385090)"),
    /** The .xz format, not the older one of LZMA alone. */
    XZ("xz", CompressorStreamFactory.XZ, "xz", "fd377a585a00"),
    /** RFC 8878. The second beginning is that of a skippable frame. */
    ZSTANDARD("Zstandard", CompressorStreamFactory.ZSTANDARD, "zst", "28b52ffd|5.2a4d18"),
    /**
     * Zlib's format, RFC 1950. Text may begin with the same bytes, so only the name's ending
     * identifies it.
     */
    DEFLATE("zlib", CompressorStreamFactory.DEFLATE, "deflate", "(?!)");

    /** The number of bytes at the beginning of a file that identify its compression. */
    static final int MAGIC = 10;

    private final String description;
    private final String factoryName;
    private final String endings;
    private final String beginnings;

    /**
     * @param endings a regular expression for the endings of names
     * @param beginnings a regular expression for the first bytes of files, in hexadecimal
     */
    Compression(String description, String factoryName, String endings, String beginnings) {
        this.description = description;
        this.factoryName = factoryName;
        this.endings = endings;
        this.beginnings = beginnings;
    }

    /** The compression by the ending of a file's name. */
    static Optional<Compression> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(one -> ending.matches(one.endings)).findFirst();
    }

    /** The compression by a file's first {@link #MAGIC} bytes, or fewer if the file is shorter. */
    static Optional<Compression> ofContent(byte[] beginning) {
        String hexadecimal = HexFormat.of().formatHex(beginning);
        return Arrays.stream(values())
                .filter(one -> hexadecimal.matches("(" + one.beginnings + ").*"))
                .findFirst();
    }

    /** The name in commons-compress. */
    String factoryName() {
        return factoryName;
    }

    /** The name for people. */
    @Override
    public String toString() {
        return description;
    }
}
