package org.mydropout.job.connector.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Tests whether a directory is writable by writing to it, because permission bits do not tell. */
public final class WritableDirectory {

    private WritableDirectory() {}

    /**
     * Creates and deletes a file in the directory, or in the nearest existing one above it.
     *
     * @return the reason of a failure, as the end of a sentence without a full stop; empty if it
     *     works
     */
    public static Optional<String> problem(Path directory) {
        return problem(directory, ".writable-" + UUID.randomUUID());
    }

    /** As {@link #problem(Path)}, with this name for the file. */
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

    /** The file system's message for a failure, without the class of the exception. */
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
