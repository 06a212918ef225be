package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.mydropout.flink.OptionReader;

/** Checks the directory of a sink, and adds its problems. */
final class OutputDirectoryCheck {

    private OutputDirectoryCheck() {}

    /** Checks the directory before a job writes into it. */
    static void start(OptionReader options, String prefix, FileRecordSink sink) {
        String option = FileOptions.path(prefix).key();
        try {
            OutputDirectory directory = OutputDirectory.at(sink.path(), sink.parts());
            Optional<String> foreign = directory.foreignEntry();
            if (foreign.isPresent()) {
                options.problem(
                        "%s must be a directory of its own, but %s holds '%s', %s."
                                .formatted(
                                        option,
                                        sink.path(),
                                        foreign.get(),
                                        directory.isOutput(foreign.get())
                                                ? "an output that is no part of this job's; delete it, or name another directory"
                                                : "which no job of ours wrote"));
            } else if (!directory.isEmpty() && !sink.overwrite()) {
                options.problem(
                        "%s must be empty or not exist yet, but %s holds an earlier output; %s: true replaces it."
                                .formatted(
                                        option, sink.path(), FileOptions.overwrite(prefix).key()));
            } else {
                WritableDirectory.problem(sink.path())
                        .ifPresent(
                                problem ->
                                        options.problem(
                                                "%s must be a directory that can be written to, but is %s, and %s."
                                                        .formatted(option, sink.path(), problem)));
            }
        } catch (IOException e) {
            options.problem(unreadable(option, sink.path(), e));
        }
    }

    /**
     * Checks the directory after a job. It may be empty, because a job may have written nothing.
     */
    static void written(OptionReader options, String prefix, FileRecordSink sink) {
        String option = FileOptions.path(prefix).key();
        try {
            if (!sink.path().getFileSystem().exists(sink.path())) {
                options.problem(
                        "%s must hold the output of a job, but %s does not exist."
                                .formatted(option, sink.path()));
            } else {
                OutputDirectory.at(sink.path(), sink.parts()); // which a file is not
            }
        } catch (IOException e) {
            options.problem(unreadable(option, sink.path(), e));
        }
    }

    private static String unreadable(String option, Path path, IOException e) {
        return "%s must be a directory, but %s cannot be read as one: %s"
                .formatted(option, path, e.getMessage());
    }
}
