package org.mydropout.job.connector.file;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** What a file may be compressed with. */
enum Compression {
    /** RFC 1952. */
    GZIP("gzip", CompressorStreamFactory.GZIP, Set.of("gz", "gzip"), "1f8b"),
    /** In whose stream the number pi follows, or the square root of it where it is empty. */
    BZIP2(
            "bzip2",
            CompressorStreamFactory.BZIP2,
            Set.of("bz2"),
            "425a68..314159265359",
            "425a68..177245385090"),
    /** The .xz format, not the older one of LZMA alone. */
    XZ("xz", CompressorStreamFactory.XZ, Set.of("xz"), "fd377a585a00"),
    /** RFC 8878; the second beginning is that of a frame to be skipped. */
    ZSTANDARD(
            "Zstandard", CompressorStreamFactory.ZSTANDARD, Set.of("zst"), "28b52ffd", "5.2a4d18"),
    /** Zlib's format, RFC 1950, which text can begin as: it is told by the ending alone. */
    DEFLATE("zlib", CompressorStreamFactory.DEFLATE, Set.of("deflate"));

    /** How many bytes of a file tell its compression. */
    static final int MAGIC = 10;

    private final String description;
    private final String factoryName;
    private final Set<String> endings;
    private final String[] beginnings;

    /**
     * @param beginnings what files begin with, in hexadecimal; a point is any digit
     */
    Compression(String description, String factoryName, Set<String> endings, String... beginnings) {
        this.description = description;
        this.factoryName = factoryName;
        this.endings = endings;
        this.beginnings = beginnings;
    }

    /** The one that a file's name ends in. */
    static Optional<Compression> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(one -> one.endings.contains(ending)).findFirst();
    }

    /** The one that a file's first bytes tell, which are {@link #MAGIC} or all there are. */
    static Optional<Compression> ofContent(byte[] beginning) {
        String hexadecimal = HexFormat.of().formatHex(beginning);
        return Arrays.stream(values())
                .filter(
                        one ->
                                Arrays.stream(one.beginnings)
                                        .anyMatch(magic -> hexadecimal.matches(magic + ".*")))
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
