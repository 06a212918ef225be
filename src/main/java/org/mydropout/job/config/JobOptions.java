package org.mydropout.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;
import static org.mydropout.flink.OptionDescription.ofValues;
import static org.mydropout.flink.OptionDescription.value;

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
                    .withDescription("Required. The system that records are read from.");

    public static final ConfigOption<String> SOURCE_PATH =
            key("source.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. A file, or a directory with everything below it. Files and"
                                    + " directories whose names begin with '.' or '_' are left out."
                                    + " Files that end in .gz, .bz2, .xz or .deflate are"
                                    + " decompressed.");

    public static final ConfigOption<TextFormat> SOURCE_FORMAT =
            key("source.format")
                    .enumType(TextFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            ofValues(
                                    "Required. How a record is written.",
                                    value(TextFormat.JSON, "one JSON object a line."),
                                    value(
                                            TextFormat.CSV,
                                            "a header line, then one row a line. The vector is one"
                                                    + " column, its values separated by ';'.")));

    public static final ConfigOption<MemorySize> SOURCE_MAX_LINE_SIZE =
            key("source.max-line-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "The greatest size of a line, from 1 byte to 1 gb. A longer line is a"
                                    + " dead letter.");

    public static final ConfigOption<String> SOURCE_FIELD_ID =
            key("source.fields.id")
                    .stringType()
                    .defaultValue("id")
                    .withDescription("The field with the id of a record.");

    public static final ConfigOption<String> SOURCE_FIELD_STEP =
            key("source.fields.step")
                    .stringType()
                    .defaultValue("step")
                    .withDescription(
                            "The field with the step of a record. It is set to the step that was"
                                    + " used where dropout.step-from is not record.");

    public static final ConfigOption<String> SOURCE_FIELD_FEATURES =
            key("source.fields.features")
                    .stringType()
                    .defaultValue("features")
                    .withDescription("The field with the vector of a record.");

    public static final ConfigOption<String> SOURCE_FIELD_DETERMINISTIC =
            key("source.fields.deterministic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A boolean field. Where it is true, the record passes unchanged, its"
                                    + " step too: it gives no copies and no counter counts it. So"
                                    + " training and evaluation rows can share a stream. Without this"
                                    + " option no record is exempt.");

    public static final ConfigOption<Integer> AUGMENT_COPIES =
            key("augment.copies")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many records each record gives. K copies have the steps step*K to"
                                    + " step*K+K-1. A record without a step counts as step 0. With"
                                    + " dropout.step-from: constant, the step is dropout.step. With"
                                    + " counter, each copy is counted. Without this option each record"
                                    + " gives one, with its own step.");

    public static final ConfigOption<Connector> SINK_CONNECTOR =
            key("sink.connector")
                    .enumType(Connector.class)
                    .noDefaultValue()
                    .withDescription("Required. The system that records are written to.");

    public static final ConfigOption<String> SINK_PATH =
            key("sink.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Required. The directory that output files are written into.");

    public static final ConfigOption<TextFormat> SINK_FORMAT =
            key("sink.format")
                    .enumType(TextFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            "The format of the source, which is the default. Every other value is"
                                    + " refused, because a conversion could not pass all other fields"
                                    + " untouched.");

    public static final ConfigOption<Boolean> SINK_OVERWRITE =
            key("sink.overwrite")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether an earlier output in sink.path is deleted when the job starts."
                                    + " Otherwise a job that finds one is refused.");

    public static final ConfigOption<Boolean> SINK_PROVENANCE =
            key("sink.provenance")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether each record gets the field provenance, with the version and"
                                    + " every option that it takes to make the record again.");

    public static final ConfigOption<Connector> DEAD_LETTER_CONNECTOR =
            key("dead-letter.connector")
                    .enumType(Connector.class)
                    .noDefaultValue()
                    .withDescription(
                            "The system that records which cannot be decoded are written to."
                                    + " Without it the first such record fails the job.");

    public static final ConfigOption<String> DEAD_LETTER_PATH =
            key("dead-letter.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The directory that dead letters are written into. Required with"
                                    + " dead-letter.connector: filesystem.");

    public static final ConfigOption<Boolean> DEAD_LETTER_OVERWRITE =
            key("dead-letter.overwrite")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("As sink.overwrite, for dead-letter.path.");

    private JobOptions() {}
}
