package org.mydropout.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds complete checkpoints and savepoints in their directories, as a user would. */
final class Checkpoints {

    private Checkpoints() {}

    /**
     * The newest complete checkpoint of a job: the directory {@code chk-N} with a metadata file.
     */
    static String newest(Path jobDirectory) throws IOException {
        try (Stream<Path> entries = Files.list(jobDirectory)) {
            return entries.filter(entry -> Files.exists(entry.resolve("_metadata")))
                    .max(Comparator.comparingLong(Checkpoints::number))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    /** The number of complete savepoints in a directory. */
    static long savepoints(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(savepoint -> Files.exists(savepoint.resolve("_metadata"))).count();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
    }
}
