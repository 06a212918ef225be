package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.SourceRecord;

/**
 * Reads files line by line as bytes, each line with its file and line number. Flink's own {@code
 * TextLineInputFormat} silently decodes bytes that are not UTF-8 to other text, and has no line
 * numbers. Otherwise this class works in the same way: compressed files are decompressed, one
 * reader reads a file, and a restored reader skips the lines that it has already emitted.
 */
final class LineInputFormat implements BulkFormat<SourceRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final int maxLineSize;
    @Nullable private final CsvHeader header;
    private final String directory;

    /**
     * @param maxLineSize in bytes, the longest line that is given whole
     * @param header the row that every file begins with and that is no record; null: lines are JSON
     * @param directory below which files have the places of their records
     */
    LineInputFormat(int maxLineSize, @Nullable CsvHeader header, String directory) {
        this.maxLineSize = maxLineSize;
        this.header = header;
        this.directory = directory;
    }

    @Override
    public Reader createReader(Configuration config, FileSourceSplit split) throws IOException {
        return new Reader(config, split.path(), 0);
    }

    @Override
    public Reader restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        long given =
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L);
        return new Reader(config, split.path(), given);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }

    /** Opens a file for reading, and decompresses it if needed. */
    static InputStream open(Path path) throws IOException {
        try {
            return Decompressor.decompress(origin(path), path.getFileSystem().open(path));
        } catch (
                FileNotFoundException
                        e) { // thrown by the local file system for a file without read permission
            InvalidFileException gone =
                    new InvalidFileException(
                            path.getFileSystem().exists(path)
                                    ? "%s may not be read.".formatted(origin(path))
                                    : "%s is gone since the job looked for its files."
                                            .formatted(origin(path)));
            gone.addSuppressed(e);
            throw gone;
        }
    }

    /** The name of a file for people. */
    private static String origin(Path path) throws IOException {
        return path.getFileSystem().isDistributedFS() ? path.toString() : path.getPath();
    }

    /** A file's path below the source's directory. */
    private String belowDirectory(Path path) {
        return path.getPath().startsWith(directory)
                ? path.getPath().substring(directory.length())
                : path.getPath();
    }

    /** Reads the rows of one file. */
    final class Reader implements BulkFormat.Reader<SourceRecord> {
        private final RowReader rows;
        private final String origin;
        private final String place;
        private final long batchSize;
        private long given;

        /** The bytes of the content up to the end of the last line. */
        private long accounted;

        /** How many records the lines given so far hold. */
        private long records;

        private Reader(Configuration config, Path path, long skip) throws IOException {
            this.origin = origin(path);
            this.batchSize = config.get(StreamFormat.FETCH_IO_SIZE).getBytes();
            this.place = belowDirectory(path);
            this.rows =
                    new RowReader(
                            open(path), maxLineSize, header == null ? null : header.dialect());
            try {
                checkHeader();
                byte[] text;
                while (given < skip && (text = read()) != null) {
                    count(text);
                    accounted = rows.consumed();
                }
            } catch (IOException | RuntimeException e) {
                rows.close();
                throw e;
            }
        }

        private void checkHeader() throws IOException {
            if (header == null) {
                return;
            }
            byte[] first = read();
            if (first != null && !Arrays.equals(first, header.line())) {
                throw new InvalidFileException(
                        "Every file of the source must begin with the same header, '"
                                + printable(header.line())
                                + "', but "
                                + origin
                                + " begins with '"
                                + printable(first)
                                + "'.");
            }
        }

        private static String printable(byte[] text) {
            return PrintableText.printable(new String(text, StandardCharsets.UTF_8));
        }

        @Nullable
        @Override
        public RecordIterator<SourceRecord> readBatch() throws IOException {
            List<SourceRecord> batch = new ArrayList<>();
            long alreadyGiven = given;
            long size = 0;
            byte[] text;
            while (size < batchSize && (text = read()) != null) {
                count(text);
                size += text.length;
                long end = rows.consumed();
                batch.add(
                        new SourceRecord(
                                text,
                                rows.length(),
                                end - accounted,
                                origin,
                                rows.number(),
                                place,
                                records,
                                null));
                accounted = end;
            }
            return batch.isEmpty()
                    ? null
                    : new IteratorResultIterator<>(
                            batch.iterator(), CheckpointedPosition.NO_OFFSET, alreadyGiven);
        }

        private void count(byte[] text) {
            given++;
            if (rows.length() > text.length || !SourceRecord.isBlank(text)) {
                records++;
            }
        }

        @Nullable
        private byte[] read() throws IOException {
            try {
                return rows.read();
            } catch (InvalidFileException e) {
                throw placed(new InvalidFileException(e.getMessage() + " " + place()), e);
            } catch (IOException e) {
                throw placed(
                        new IOException(
                                "%s cannot be read: %s. %s"
                                        .formatted(origin, e.getMessage(), place())),
                        e);
            }
        }

        /**
         * Makes the sentence the innermost cause, because a failed job shows the message of that
         * cause.
         */
        private static <E extends IOException> E placed(E sentence, IOException reason) {
            sentence.addSuppressed(reason);
            return sentence;
        }

        private String place() {
            long read = rows.number();
            return read == 0
                    ? "No line of it was read."
                    : "It was read up to line %d.".formatted(read);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
