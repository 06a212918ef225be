package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.api.common.SupportsConcurrentExecutionAttempts;
import org.apache.flink.api.connector.sink2.SupportsWriterState.WithCompatibleState;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.FailFastSink;
import org.mydropout.job.connector.FailureRule;

/**
 * Flink's {@link FileSink} without compaction. On a local disk, every failure to write is
 * permanent: the disk is full, or the directory is missing or not writable. Each retry would leave
 * another unfinished file. A store on a network may recover.
 */
final class FailFastFileSink<T>
        extends FailFastSink<T, FileWriterBucketState, FileSinkCommittable, FileSink<T>>
        implements WithCompatibleState, SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    FailFastFileSink(Path directory, FileSink<T> sink) {
        super(sink, rule(directory));
    }

    /** The failures to write into a directory that are permanent. */
    static FailureRule rule(Path directory) {
        return failure -> {
            Throwable cause = ExceptionUtils.getRootCause(failure);
            return cause instanceof IOException io && isLocal(directory)
                    ? Optional.of(
                            "No more can be written into %s: %s."
                                    .formatted(directory, WritableDirectory.reason(io)))
                    : Optional.empty();
        };
    }

    private static boolean isLocal(Path directory) {
        try {
            return !directory.getFileSystem().isDistributedFS();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Collection<String> getCompatibleWriterStateNames() {
        return sink().getCompatibleWriterStateNames();
    }
}
