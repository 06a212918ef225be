package org.mydropout.job.file;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.record.CsvHeader;
import org.mydropout.job.record.Enveloped;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.LineEncoder;
import org.mydropout.job.record.LineSink;
import org.mydropout.job.record.LineSource;
import org.mydropout.job.record.WrittenLine;

/**
 * A directory that files of lines are written into.
 *
 * @param path the directory
 * @param overwrite whether an earlier output's files are deleted first
 */
public record FileLineSink(Path path, boolean overwrite) implements LineSink {

    @Override
    public <T extends Enveloped> Sink<T> sink(
            Format format, Optional<CsvHeader> header, LineEncoder<T> encoder) {
        return LineFiles.sink(path, format.suffix(), header.map(CsvHeader::line), encoder);
    }

    @Override
    public LineSource written(Format format, Optional<CsvHeader> header) {
        return new FileLineSource(path, format, LineFiles.MAX_LINE_SIZE, header);
    }

    @Override
    public Optional<WrittenLine> first(boolean belowHeader, Predicate<byte[]> test)
            throws IOException {
        return LineFiles.firstLine(path, LineFiles.MAX_LINE_SIZE, belowHeader ? 1 : 0, test)
                .map(text -> new WrittenLine(text, false));
    }

    @Override
    public boolean writesMessages() {
        return false;
    }

    /** Flink's file sink never finishes a file of a stream that takes no checkpoints. */
    @Override
    public boolean needsCheckpoints() {
        return true;
    }

    @Override
    public EarlierOutput earlierOutput() throws IOException {
        return overwrite ? OutputDirectory.at(path)::clear : EarlierOutput.NONE;
    }

    @Override
    public String afterFailure() {
        return "The output is whole";
    }

    @Override
    public String description() {
        return path.toString();
    }
}
