package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.WrittenRecord;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.TextFormat;

/**
 * A directory for files of lines.
 *
 * @param path the directory
 * @param overwrite whether an earlier output's files are deleted first
 * @param parts the directories below it that records are written into; none: they are written into
 *     the directory itself
 */
record FileRecordSink(Path path, boolean overwrite, List<String> parts) implements RecordSink {

    @Override
    public Optional<RecordSink> split(List<String> names) {
        return Optional.of(new FileRecordSink(path, overwrite, names));
    }

    @Override
    public Optional<String> directory() {
        return Optional.of(SourceFiles.directory(path));
    }

    @Override
    public <T> Sink<T> sink(
            TextFormat format, Optional<CsvHeader> header, RecordEncoder<T> encoder) {
        return LineFiles.sink(path, format.suffix(), header.map(CsvHeader::line), encoder);
    }

    @Override
    public RecordSource written(TextFormat format, Optional<CsvHeader> header) {
        return new FileRecordSource(
                path, format, LineFiles.MAX_LINE_SIZE, "", OptionalLong.empty(), header);
    }

    @Override
    public Optional<byte[]> writtenHeader(CsvDialect dialect) throws IOException {
        return LineFiles.firstRow(
                SourceFiles.of(path),
                LineFiles.MAX_LINE_SIZE,
                Optional.of(dialect),
                0,
                line -> true);
    }

    @Override
    public Optional<WrittenRecord> first(Optional<CsvHeader> header, Predicate<byte[]> test)
            throws IOException {
        return LineFiles.firstRow(
                        SourceFiles.of(path),
                        LineFiles.MAX_LINE_SIZE,
                        header.map(CsvHeader::dialect),
                        header.isPresent() ? 1 : 0,
                        test)
                .map(text -> new WrittenRecord(text, false));
    }

    @Override
    public boolean writesMessages() {
        return false;
    }

    /** Flink's file sink never finishes a file of a stream without checkpoints. */
    @Override
    public boolean needsCheckpoints() {
        return true;
    }

    @Override
    public EarlierOutput earlierOutput() throws IOException {
        return overwrite ? OutputDirectory.at(path, parts)::clear : EarlierOutput.NONE;
    }

    /** Flink's file sink creates the directory only with its first file. */
    @Override
    public void create() throws IOException {
        path.getFileSystem().mkdirs(path);
        for (String part : parts) {
            path.getFileSystem().mkdirs(new Path(path, part));
        }
    }

    @Override
    public Optional<CommitLog> commitLog() {
        return Optional.of(new CommitMarks(path));
    }

    @Override
    public boolean isUnfinished() throws IOException {
        return OutputDirectory.isUnfinished(path);
    }

    @Override
    public String afterFailure() {
        return "The output is whole";
    }

    @Override
    public Optional<String> leftBehind(String prefix) {
        try {
            OutputDirectory directory = OutputDirectory.at(path, parts);
            return directory.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "%s holds %d finished and %d unfinished files, whose names begin with '.'; %s: true lets the next run replace them."
                                    .formatted(
                                            path,
                                            directory.finishedFiles(),
                                            directory.unfinishedFiles(),
                                            FileOptions.overwrite(prefix).key()));
        } catch (IOException e) {
            return Optional.empty(); // the job has failed for the same reason, which is reported
        }
    }

    @Override
    public String description() {
        return parts.isEmpty() ? path.toString() : path + "/{" + String.join(",", parts) + "}";
    }
}
