package org.mydropout.job.connector.file;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** The options of the connector {@code filesystem}. */
public final class FileOptions {

    public static final ConfigOption<String> SOURCE_PATH =
            key("source.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. A file, or a directory with everything below it. Files and"
                                    + " directories whose names begin with '.' or '_' are left out."
                                    + " Files that end in .gz, .bz2, .xz, .zst or"
                                    + " .deflate are decompressed.");

    public static final ConfigOption<MemorySize> SOURCE_MAX_LINE_SIZE =
            key("source.max-line-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "The greatest size of a line, from 1 byte to 1 gb. A longer line is a"
                                    + " dead letter.");

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SOURCE_PATH,
                    SOURCE_MAX_LINE_SIZE,
                    path("sink"),
                    overwrite("sink"),
                    path("dead-letter"),
                    overwrite("dead-letter"));

    private FileOptions() {}

    /** The directory of a sink, {@code sink} or {@code dead-letter}. */
    static ConfigOption<String> path(String prefix) {
        return key(prefix + ".path")
                .stringType()
                .noDefaultValue()
                .withDescription(
                        "Required with %1$s.connector: filesystem. The directory that files are written into."
                                .formatted(prefix));
    }

    /** Whether a sink, {@code sink} or {@code dead-letter}, replaces an earlier output. */
    static ConfigOption<Boolean> overwrite(String prefix) {
        return key(prefix + ".overwrite")
                .booleanType()
                .defaultValue(false)
                .withDescription(
                        "Whether an earlier output in %s.path is deleted when the job starts. Otherwise a job that finds one is refused."
                                .formatted(prefix));
    }
}
