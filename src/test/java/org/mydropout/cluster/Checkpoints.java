package org.mydropout.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds the checkpoint to restore when a JobManager is lost, as a user would. */
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

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
    }
}
