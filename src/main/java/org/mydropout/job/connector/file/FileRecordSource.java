package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextFormat;

/**
 * Files whose lines are read.
 *
 * @param path a file, a directory or a pattern
 * @param format the format of the lines
 * @param maxLineSize the longest line, in bytes
 * @param leftOut the files of a directory that are not read, and why; empty if all are read
 * @param size the bytes of all files when they were looked for; empty if one is compressed
 * @param header the header of CSV files
 */
record FileRecordSource(
        Path path,
        TextFormat format,
        int maxLineSize,
        String leftOut,
        OptionalLong size,
        Optional<CsvHeader> header)
        implements RecordSource {

    @Override
    public String headerPlace() {
        return "The header of %s, %s,".formatted(FileOptions.SOURCE_PATH.key(), path);
    }

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public boolean readsMessages() {
        return false;
    }

    @Override
    public Source<SourceRecord, ?, ?> source() {
        return LineFiles.source(path, maxLineSize, header);
    }

    @Override
    public void scan(Predicate<SourceRecord> goesOn) throws IOException {
        LineFiles.scan(path, maxLineSize, header, goesOn);
    }

    @Override
    public String account(long read) {
        try {
            return new SourceAccount(SourceFiles.of(path)).text(read);
        } catch (IOException e) {
            return "but %s now".formatted(e.getMessage());
        }
    }

    @Override
    public RecordSource upToNow() {
        return this;
    }

    /**
     * Empty: new files are read, too, but a user who adds files knows that the input has changed.
     */
    @Override
    public Optional<String> laterLines() {
        return Optional.empty();
    }

    @Override
    public String description() {
        return path.toString();
    }
}
