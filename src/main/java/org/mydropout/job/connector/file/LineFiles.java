package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.SourceRecord;

/** Files of lines as a source and a sink. */
final class LineFiles {

    /** The beginning of the names of all files that a sink writes. */
    static final String PART_PREFIX = "part";

    /** The greatest limit for a line, in bytes. An array cannot be much longer. */
    static final int MAX_LINE_SIZE = 1 << 30;

    private LineFiles() {}

    /**
     * A bounded source of the lines of {@link SourceFiles}.
     *
     * @param path a file, a directory or a pattern
     * @param maxLineSize in bytes, the longest line that is given whole
     * @param header the row that every file begins with and that is no record, if any
     */
    static FileSource<SourceRecord> source(Path path, int maxLineSize, Optional<CsvHeader> header) {
        return FileSource.forBulkFileFormat(format(path, maxLineSize, header), path)
                .setFileEnumerator(SourceFileEnumerator::new)
                .build();
    }

    private static LineInputFormat format(Path path, int maxLineSize, Optional<CsvHeader> header) {
        return new LineInputFormat(maxLineSize, header.orElse(null), SourceFiles.directory(path));
    }

    /**
     * A sink that writes one line per value into files of a directory. A file becomes final at the
     * next checkpoint or at the end of the job, as with Flink's {@link FileSink}.
     *
     * @param directory the directory of the files
     * @param suffix the ending of their names
     * @param head the header line of every file, if any
     * @param encoder how a value is written
     */
    static <T> Sink<T> sink(
            Path directory, String suffix, Optional<byte[]> head, RecordEncoder<T> encoder) {
        FileSink<T> sink =
                FileSink.forBulkFormat(directory, LineWriter.factory(head.orElse(null), encoder))
                        .withBucketAssigner(new PartAssigner<>(encoder))
                        .withOutputFileConfig(new OutputFileConfig(PART_PREFIX, suffix))
                        .build();
        return new FailFastFileSink<>(directory, sink);
    }

    /**
     * The first row that a test accepts, of all files of a source.
     *
     * @param dialect of rows of CSV, if they are
     * @param above how many rows of each file are left out before
     * @throws IOException if a file cannot be read
     */
    static Optional<byte[]> firstRow(
            SourceFiles files,
            int maxLineSize,
            Optional<CsvDialect> dialect,
            int above,
            Predicate<byte[]> test)
            throws IOException {
        for (SourceFile file : files.files()) {
            try (RowReader rows =
                    new RowReader(
                            LineInputFormat.open(file.path()), maxLineSize, dialect.orElse(null))) {
                byte[] row;
                for (long number = 0; (row = rows.read()) != null; number++) {
                    if (number >= above && test.test(row)) {
                        return Optional.of(row);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Collection<FileSourceSplit> splits(Path path) throws IOException {
        return new SourceFileEnumerator().enumerateSplits(new Path[] {path}, 1);
    }

    /**
     * Reads the lines of all files of a source in this thread.
     *
     * @param header as {@link #source} has it
     * @param goesOn is given each line; false to stop
     * @throws IOException if there is no such path, or it cannot be read
     */
    static void scan(
            Path path, int maxLineSize, Optional<CsvHeader> header, Predicate<SourceRecord> goesOn)
            throws IOException {
        LineInputFormat format = format(path, maxLineSize, header);
        Configuration lineByLine = // a record may be found in the first line
                new Configuration().set(StreamFormat.FETCH_IO_SIZE, new MemorySize(1));
        for (FileSourceSplit file : splits(path)) {
            try (LineInputFormat.Reader reader = format.createReader(lineByLine, file)) {
                BulkFormat.RecordIterator<SourceRecord> batch;
                while ((batch = reader.readBatch()) != null) {
                    RecordAndPosition<SourceRecord> line;
                    while ((line = batch.next()) != null) {
                        if (!goesOn.test(line.getRecord())) {
                            return;
                        }
                    }
                }
            }
        }
    }

    /** The total size in bytes; empty if the name of a file says that it is compressed. */
    static OptionalLong size(SourceFiles files) {
        long size = 0;
        for (SourceFile file : files.files()) {
            if (Compression.ofName(file.path().getName()).isPresent()) {
                return OptionalLong.empty();
            }
            size += file.size();
        }
        return OptionalLong.of(size);
    }

    /** Puts a value into the directory of its part, or into the sink's own. */
    private record PartAssigner<T>(RecordEncoder<T> encoder) implements BucketAssigner<T, String> {

        @Override
        public String getBucketId(T value, Context context) {
            String part = encoder.part(value);
            return part == null ? "" : part;
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
