package org.mydropout.job.connector.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Tries whether a directory can be written to: permission bits do not tell. */
public final class WritableDirectory {

    private WritableDirectory() {}

    /**
     * Makes a file and deletes it, in the directory or where it is to be made.
     *
     * @return why that does not work, as the end of a sentence without a full stop; empty: it does
     */
    public static Optional<String> problem(Path directory) {
        return problem(directory, ".writable-" + UUID.randomUUID());
    }

    /** As {@link #problem(Path)}, for files whose names are of that length. */
    static Optional<String> problem(Path directory, String name) {
        Path existing = directory;
        try {
            FileSystem fileSystem = directory.getFileSystem();
            while (!fileSystem.exists(existing)) {
                existing = existing.getParent();
            }
            if (!fileSystem.getFileStatus(existing).isDir()) {
                return Optional.of(existing + " is a file");
            }
            Path probe = new Path(existing, name);
            fileSystem.create(probe, WriteMode.NO_OVERWRITE).close();
            fileSystem.delete(probe, false);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no file can be made in %s (%s)".formatted(existing, reason(e)));
        }
    }

    /** What a file system says of a failure, without the class of the exception. */
    static String reason(IOException failure) {
        if (failure instanceof FileSystemException e) {
            String kind =
                    e.getReason() == null
                            ? e.getClass().getSimpleName().replace("Exception", "")
                            : e.getReason();
            return e.getFile() + ": " + kind;
        }
        return String.valueOf(failure.getMessage());
    }
}
