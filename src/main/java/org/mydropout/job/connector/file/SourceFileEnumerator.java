package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;

/**
 * Makes one split per file of {@link SourceFiles}. Flink's {@code NonSplittingRecursiveEnumerator}
 * ignores a named file that begins with an underscore, and reads linked files twice.
 */
final class SourceFileEnumerator implements FileEnumerator {

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
            throws IOException {
        List<FileSourceSplit> splits = new ArrayList<>();
        for (Path path : paths) {
            for (SourceFile file : SourceFiles.of(path).files()) {
                splits.add(
                        new FileSourceSplit(
                                "%010d".formatted(splits.size() + 1),
                                file.path(),
                                0,
                                file.size(),
                                file.modified(),
                                file.size()));
            }
        }
        return splits;
    }
}
