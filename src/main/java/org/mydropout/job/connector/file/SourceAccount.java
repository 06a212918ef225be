package org.mydropout.job.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/** Compares the bytes that a job has read with those of the files that are there. */
final class SourceAccount {

    private final SourceFiles files;
    private long plain;
    private long compressed;
    private int compressedFiles;

    SourceAccount(SourceFiles files) {
        this.files = files;
    }

    /**
     * What became of the bytes of the files, to be read after their number.
     *
     * @param read how many bytes were read, after decompression
     * @throws IOException if a file cannot be opened
     */
    String text(long read) throws IOException {
        count(false);
        if (compressedFiles > 0 || plain != read) {
            count(true); // a compressed file need not have a name that says so
        }
        if (compressedFiles > 0 && plain > 0) {
            return String.format(
                    Locale.ROOT,
                    "with what %,d bytes in %,d compressed files contain; the others have %,d",
                    compressed,
                    compressedFiles,
                    plain);
        }
        if (compressedFiles > 0) {
            return String.format(
                    Locale.ROOT,
                    "which %,d bytes in %,d compressed files contain",
                    compressed,
                    compressedFiles);
        }
        if (plain == read) {
            return "all that are there";
        }
        return String.format(
                Locale.ROOT,
                plain > read
                        ? "and %,d more, of files without records or since the job read them"
                        : "and %,d fewer are there now: the source was changed meanwhile",
                Math.abs(plain - read));
    }

    private void count(boolean byContent) throws IOException {
        plain = 0;
        compressed = 0;
        compressedFiles = 0;
        for (SourceFile file : files.files()) {
            Optional<Compression> compression = Compression.ofName(file.path().getName());
            if (compression.isEmpty() && byContent) {
                compression = Compression.ofContent(beginning(file.path()));
            }
            if (compression.isPresent()) {
                compressed += file.size();
                compressedFiles++;
            } else {
                plain += file.size();
            }
        }
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream in = file.getFileSystem().open(file)) {
            return in.readNBytes(Compression.MAGIC);
        }
    }
}
