package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.SourceRecord;

/** Files of lines as a source and a sink. */
final class LineFiles {

    /** What the names of all files that a sink writes begin with. */
    static final String PART_PREFIX = "part";

    /** In bytes, the longest line that can be asked for: an array cannot be much longer. */
    static final int MAX_LINE_SIZE = 1 << 30;

    private LineFiles() {}

    /**
     * A bounded source of the lines of {@link SourceFiles}.
     *
     * @param path a file, a directory or a pattern
     * @param maxLineSize in bytes, the longest line that is given whole
     * @param head the line that every file begins with and that is no record, if any
     */
    static FileSource<SourceRecord> source(Path path, int maxLineSize, Optional<byte[]> head) {
        return FileSource.forBulkFileFormat(
                        new LineInputFormat(maxLineSize, head.orElse(null)), path)
                .setFileEnumerator(SourceFileEnumerator::new)
                .build();
    }

    /**
     * A sink that writes one line for each value into files of a directory. A file is final at the
     * next checkpoint or at the end of the job, as Flink's {@link FileSink} does it.
     *
     * @param directory where the files go
     * @param suffix the ending of their names
     * @param head the line that every file begins with, if any
     * @param encoder how a value is written
     */
    static <T> Sink<T> sink(
            Path directory, String suffix, Optional<byte[]> head, RecordEncoder<T> encoder) {
        FileSink<T> sink =
                FileSink.forBulkFormat(directory, LineWriter.factory(head.orElse(null), encoder))
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withOutputFileConfig(new OutputFileConfig(PART_PREFIX, suffix))
                        .build();
        return new FailFastFileSink<>(directory, sink);
    }

    /**
     * The first line that a test accepts, of all files of a source.
     *
     * @param above how many lines of each file are left out before
     * @throws IOException if a file cannot be read
     */
    static Optional<byte[]> firstLine(
            SourceFiles files, int maxLineSize, int above, Predicate<byte[]> test)
            throws IOException {
        for (FileStatus file : files.files()) {
            try (LineReader lines =
                    new LineReader(LineInputFormat.open(file.getPath()), maxLineSize)) {
                byte[] line;
                for (long number = 0; (line = lines.read()) != null; number++) {
                    if (number >= above && test.test(line)) {
                        return Optional.of(line);
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
     * Reads the lines of all files that a source of this path reads, in this thread.
     *
     * @param head as {@link #source} has it
     * @param goesOn is given each line; false to stop
     * @throws IOException if there is no such path, or it cannot be read
     */
    static void scan(
            Path path, int maxLineSize, Optional<byte[]> head, Predicate<SourceRecord> goesOn)
            throws IOException {
        LineInputFormat format = new LineInputFormat(maxLineSize, head.orElse(null));
        for (FileSourceSplit file : splits(path)) {
            try (LineInputFormat.Reader reader = format.createReader(new Configuration(), file)) {
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

    /**
     * How many bytes all files have that a source of this path reads; empty if one is compressed.
     *
     * @throws IOException if there is no such path, or it cannot be listed
     */
    static OptionalLong size(Path path) throws IOException {
        long size = 0;
        for (FileSourceSplit file : splits(path)) {
            if (Compression.ofName(file.path().getName()).isPresent()) {
                return OptionalLong.empty();
            }
            size += file.length();
        }
        return OptionalLong.of(size);
    }
}
