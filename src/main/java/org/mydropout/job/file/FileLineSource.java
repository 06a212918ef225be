package org.mydropout.job.file;

import java.util.Optional;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.record.CsvHeader;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.LineSource;
import org.mydropout.job.record.SourceLine;

/**
 * Files that lines are read from.
 *
 * @param path a file or a directory
 * @param format the format of the lines
 * @param maxLineSize in bytes
 * @param header the header of CSV files
 */
public record FileLineSource(Path path, Format format, int maxLineSize, Optional<CsvHeader> header)
        implements LineSource {

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public Source<SourceLine, ?, ?> source() {
        return LineFiles.source(path, maxLineSize, header.map(CsvHeader::line));
    }

    @Override
    public LineSource upToNow() {
        return this;
    }

    /**
     * Files that are added are read, too, but nobody adds to an input and takes it for the same.
     */
    @Override
    public boolean endsTheSame() {
        return true;
    }

    @Override
    public String description() {
        return path.toString();
    }
}
