package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
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
    static <T> FileSink<T> sink(
            Path directory, String suffix, Optional<byte[]> head, RecordEncoder<T> encoder) {
        return FileSink.forBulkFormat(directory, LineWriter.factory(head.orElse(null), encoder))
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withOutputFileConfig(new OutputFileConfig(PART_PREFIX, suffix))
                .build();
    }

    /**
     * The first line that a test accepts, of all files that a source of this path reads.
     *
     * @param above how many lines of each file are left out before
     * @throws IOException if there is no such path, or it cannot be read
     */
    static Optional<byte[]> firstLine(Path path, int maxLineSize, int above, Predicate<byte[]> test)
            throws IOException {
        for (FileStatus file : SourceFiles.of(path).files()) {
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
}
