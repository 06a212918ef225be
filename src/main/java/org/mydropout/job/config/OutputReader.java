package org.mydropout.job.config;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.file.FileRecordSink;
import org.mydropout.job.connector.file.OutputDirectory;

/** Reads the options of a directory to write into, and looks at what it holds. */
final class OutputReader {

    private final OptionReader options;
    private final ConfigOption<String> pathOption;
    private final ConfigOption<Boolean> overwriteOption;

    OutputReader(
            OptionReader options,
            ConfigOption<String> pathOption,
            ConfigOption<Boolean> overwriteOption) {
        this.options = options;
        this.pathOption = pathOption;
        this.overwriteOption = overwriteOption;
    }

    /** The directory of an output that is there already, to be read. */
    Optional<FileRecordSink> readWritten() {
        Optional<Path> path = options.path(pathOption, "a directory");
        path.ifPresent(this::checkWritten);
        return path.map(directory -> new FileRecordSink(directory, false));
    }

    /** It may be empty: a job that wrote nothing leaves nothing, and so does one that is lost. */
    private void checkWritten(Path path) {
        try {
            if (!path.getFileSystem().exists(path)) {
                options.problem(
                        "%s must hold the output of a job, but %s does not exist."
                                .formatted(pathOption.key(), path));
            } else {
                OutputDirectory.at(path); // which a file is not
            }
        } catch (IOException e) {
            problemOfReading(path, e);
        }
    }

    private void problemOfReading(Path path, IOException e) {
        options.problem(
                "%s must be a directory, but %s cannot be read as one: %s"
                        .formatted(pathOption.key(), path, e.getMessage()));
    }

    /** The directory to write into; empty if its options are wrong. */
    Optional<FileRecordSink> read() {
        Optional<Path> path = options.path(pathOption, "a directory");
        Optional<Boolean> overwrite = options.optional(overwriteOption, "true or false");
        if (path.isEmpty() || overwrite.isEmpty()) {
            return Optional.empty();
        }
        if (options.isSet(StateRecoveryOptions.SAVEPOINT_PATH)) {
            // The job goes on from a savepoint, and its output after what it wrote before.
            return Optional.of(new FileRecordSink(path.get(), false));
        }
        check(path.get(), overwrite.get());
        return Optional.of(new FileRecordSink(path.get(), overwrite.get()));
    }

    private void check(Path path, boolean overwrite) {
        try {
            OutputDirectory directory = OutputDirectory.at(path);
            Optional<String> foreign = directory.foreignEntry();
            if (foreign.isPresent()) {
                options.problem(
                        ("%s must be a directory of its own, but %s holds '%s', which no job of ours"
                                        + " wrote.")
                                .formatted(pathOption.key(), path, foreign.get()));
            } else if (!directory.isEmpty() && !overwrite) {
                options.problem(
                        ("%s must be empty or not exist yet, but %s holds an earlier output; %s: true"
                                        + " replaces it.")
                                .formatted(pathOption.key(), path, overwriteOption.key()));
            }
        } catch (IOException e) {
            problemOfReading(path, e);
        }
    }
}
