package org.mydropout.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.mydropout.job.text.TextFormat;

/** The options of a job file that say where records come from and go to. */
public final class JobOptions {

    /** The systems that records are read from and written to. */
    public enum Connector {
        FILESYSTEM,
        KAFKA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final ConfigOption<Connector> SOURCE_CONNECTOR =
            key("source.connector")
                    .enumType(Connector.class)
                    .noDefaultValue()
                    .withDescription("Where records are read from.");

    public static final ConfigOption<String> SOURCE_PATH =
            key("source.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The file to read, or a directory: all files below it, those left out"
                                    + " whose names begin with '.' or '_'. Files that end in .gz,"
                                    + " .bz2, .xz or .deflate are decompressed.");

    public static final ConfigOption<TextFormat> SOURCE_FORMAT =
            key("source.format")
                    .enumType(TextFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            "json: one object a line. csv: a header line, then one row a line; the"
                                    + " vector in one column, its values separated by ';'.");

    public static final ConfigOption<MemorySize> SOURCE_MAX_LINE_SIZE =
            key("source.max-line-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription("A longer line is a dead letter.");

    public static final ConfigOption<String> SOURCE_FIELD_ID =
            key("source.fields.id")
                    .stringType()
                    .defaultValue("id")
                    .withDescription("The field that holds a record's id.");

    public static final ConfigOption<String> SOURCE_FIELD_STEP =
            key("source.fields.step")
                    .stringType()
                    .defaultValue("step")
                    .withDescription(
                            "The field that holds a record's step; where dropout.step-from is not"
                                    + " record, the field that is set to the step used.");

    public static final ConfigOption<String> SOURCE_FIELD_FEATURES =
            key("source.fields.features")
                    .stringType()
                    .defaultValue("features")
                    .withDescription("The field that holds a record's vector.");

    public static final ConfigOption<String> SOURCE_FIELD_DETERMINISTIC =
            key("source.fields.deterministic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The boolean field that says whether a record passes unchanged, its step"
                                    + " too; not set, none does.");

    public static final ConfigOption<Integer> AUGMENT_COPIES =
            key("augment.copies")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many records each record gives: K of them have the steps step*K to"
                                    + " step*K+K-1, a record without a step counting as step 0; with"
                                    + " dropout.step-from: constant, step is dropout.step. Not set,"
                                    + " each record gives one, with its own step.");

    public static final ConfigOption<Connector> SINK_CONNECTOR =
            key("sink.connector")
                    .enumType(Connector.class)
                    .noDefaultValue()
                    .withDescription("Where records are written to.");

    public static final ConfigOption<String> SINK_PATH =
            key("sink.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The directory that output files are written into.");

    public static final ConfigOption<TextFormat> SINK_FORMAT =
            key("sink.format")
                    .enumType(TextFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            "The source's format, and that where it is not set: every other field"
                                    + " passes untouched, which no conversion could promise.");

    public static final ConfigOption<Boolean> SINK_OVERWRITE =
            key("sink.overwrite")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the files of an earlier output in sink.path are deleted when a"
                                    + " job starts; otherwise a job with such files is refused.");

    public static final ConfigOption<Boolean> SINK_PROVENANCE =
            key("sink.provenance")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether each record gets a field, provenance, with the version and every"
                                    + " option that it takes to make it again.");

    public static final ConfigOption<Connector> DEAD_LETTER_CONNECTOR =
            key("dead-letter.connector")
                    .enumType(Connector.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where lines go that cannot be decoded; not set, the first such line"
                                    + " fails the job.");

    public static final ConfigOption<String> DEAD_LETTER_PATH =
            key("dead-letter.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The directory that dead letters are written into.");

    public static final ConfigOption<Boolean> DEAD_LETTER_OVERWRITE =
            key("dead-letter.overwrite")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("As sink.overwrite, for dead-letter.path.");

    private JobOptions() {}
}
