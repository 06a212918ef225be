package org.mydropout.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;
import static org.mydropout.flink.OptionDescription.ofValues;
import static org.mydropout.flink.OptionDescription.value;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.TextFormat;

/**
 * The options of a job file that do not belong to a connector: the choice of connectors, the
 * format, and the fields of a record.
 */
public final class JobOptions {

    public static final ConfigOption<Connectors> SOURCE_CONNECTOR =
            key("source.connector")
                    .enumType(Connectors.class)
                    .noDefaultValue()
                    .withDescription("Required. The system that records are read from.");

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
                                                    + " column, its values separated by ';', or as"
                                                    + " source.csv.* says, or several columns.")));

    public static final ConfigOption<String> SOURCE_FIELD_ID =
            key("source.fields.id")
                    .stringType()
                    .defaultValue("id")
                    .withDescription(
                            "The field with the id of a record; with source.id-from: position or"
                                    + " hash the one that is added to each record, with the id.");

    public static final ConfigOption<IdSource> SOURCE_ID_FROM =
            key("source.id-from")
                    .enumType(IdSource.class)
                    .defaultValue(IdSource.FIELD)
                    .withDescription(
                            ofValues(
                                    "Where the id of a record comes from. All but field need"
                                            + " rng.id-type: string.",
                                    value(IdSource.FIELD, "the field source.fields.id."),
                                    value(
                                            IdSource.POSITION,
                                            "where it stands: 'train.csv:17' for the 17th record"
                                                    + " of that file below source.path, or"
                                                    + " 'TOPIC-PARTITION:OFFSET'. It changes when"
                                                    + " the file is edited."),
                                    value(
                                            IdSource.HASH,
                                            "the first 128 bits of the SHA-256 of its bytes, in"
                                                    + " hexadecimal. Equal records have equal ids.")));

    public static final ConfigOption<String> SOURCE_FIELD_STEP =
            key("source.fields.step")
                    .stringType()
                    .defaultValue("step")
                    .withDescription(
                            "The field with the step of a record. It is set to the step that was"
                                    + " used where rng.step-from is not record.");

    public static final ConfigOption<String> SOURCE_FIELD_FEATURES =
            key("source.fields.features")
                    .stringType()
                    .defaultValue("features")
                    .withDescription(
                            "The field with the vector of a record. In CSV it may be a range of"
                                    + " columns: pixel1..pixel784 takes one number of each column"
                                    + " from pixel1 to pixel784.");

    public static final ConfigOption<FeaturesEncoding> SOURCE_FEATURES_ENCODING =
            key("source.features-encoding")
                    .enumType(FeaturesEncoding.class)
                    .defaultValue(FeaturesEncoding.ARRAY)
                    .withDescription(
                            ofValues(
                                    "How the field holds the vector, in the input and in the output.",
                                    value(
                                            FeaturesEncoding.ARRAY,
                                            "decimal numbers: an array in JSON, a cell with ';' in"
                                                    + " CSV."),
                                    value(
                                            FeaturesEncoding.BASE64_LE,
                                            "base64 of little-endian values of"
                                                    + " source.features-type, as OpenAI's"
                                                    + " embeddings and vLLM have float32."),
                                    value(
                                            FeaturesEncoding.BASE64_BE,
                                            "base64 of big-endian values of"
                                                    + " source.features-type, as Jackson and"
                                                    + " Java's ByteBuffer have float32.")));

    public static final ConfigOption<ElementType> SOURCE_FEATURES_TYPE =
            key("source.features-type")
                    .enumType(ElementType.class)
                    .defaultValue(ElementType.FLOAT32)
                    .withDescription(
                            ofValues(
                                    "The type of the vector's elements, as jnp.array(features, type)"
                                            + " has it: what they are rounded to when they are read,"
                                            + " and computed in. The mask is the same. A number that"
                                            + " the type cannot hold goes to the dead letters. All"
                                            + " but float32 need layers that support them: dropout,"
                                            + " and stochastic-depth without form: floor.",
                                    value(ElementType.FLOAT32, "four bytes."),
                                    value(
                                            ElementType.FLOAT64,
                                            "eight bytes. Needs rng.x64 or dropout.x64, as JAX does."),
                                    value(
                                            ElementType.BFLOAT16,
                                            "two bytes, the upper half of a float32. JAX rounds to"
                                                    + " float32 first."),
                                    value(ElementType.FLOAT16, "two bytes, at most 65504.")));

    public static final ConfigOption<String> SOURCE_FIELD_DETERMINISTIC =
            key("source.fields.deterministic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A boolean field. If it is true, the record and its step pass"
                                    + " unchanged, without copies, and no counter counts the record."
                                    + " So training and evaluation rows can share a stream. Without"
                                    + " this option no record is exempt.");

    public static final ConfigOption<String> SOURCE_SHAPE =
            key("source.shape")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The shape of the vectors, for layers that need more than one dimension,"
                                    + " such as 28x28. A flat vector counts as an array of this shape,"
                                    + " in row-major order. A record with another number of elements,"
                                    + " or with nested arrays of another shape, is refused.");

    public static final ConfigOption<Integer> AUGMENT_COPIES =
            key("augment.copies")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many records each record gives. K copies have the steps step*K to"
                                    + " step*K+K-1. A record without a step counts as step 0. With"
                                    + " step-from: constant, the step is that of the options. With"
                                    + " counter, each copy is counted. Without this option each record"
                                    + " gives one, with its own step.");

    public static final ConfigOption<Connectors> SINK_CONNECTOR =
            key("sink.connector")
                    .enumType(Connectors.class)
                    .noDefaultValue()
                    .withDescription("Required. The system that records are written to.");

    public static final ConfigOption<TextFormat> SINK_FORMAT =
            key("sink.format")
                    .enumType(TextFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            "The format of the source, which is the default. Every other value is"
                                    + " refused, because a conversion could not pass all other fields"
                                    + " untouched.");

    public static final ConfigOption<Boolean> SINK_PROVENANCE =
            key("sink.provenance")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether each record gets the field provenance, with the version and"
                                    + " every option that it takes to make the record again.");

    public static final ConfigOption<Connectors> DEAD_LETTER_CONNECTOR =
            key("dead-letter.connector")
                    .enumType(Connectors.class)
                    .noDefaultValue()
                    .withDescription(
                            "The system that records which cannot be decoded are written to."
                                    + " Without it the first such record fails the job.");

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SOURCE_CONNECTOR,
                    SOURCE_FORMAT,
                    SOURCE_FIELD_ID,
                    SOURCE_ID_FROM,
                    SOURCE_FIELD_STEP,
                    SOURCE_FIELD_FEATURES,
                    SOURCE_FEATURES_ENCODING,
                    SOURCE_FEATURES_TYPE,
                    SOURCE_FIELD_DETERMINISTIC,
                    SOURCE_SHAPE,
                    AUGMENT_COPIES,
                    SINK_CONNECTOR,
                    SINK_FORMAT,
                    SINK_PROVENANCE,
                    DEAD_LETTER_CONNECTOR);

    private JobOptions() {}

    /** The field that a job adds for the id, if it does. */
    public static Optional<String> addedIdField(ReadableConfig configuration) {
        return new OptionReader(configuration)
                .readable(SOURCE_ID_FROM)
                .filter(from -> from != IdSource.FIELD)
                .map(from -> configuration.get(SOURCE_FIELD_ID));
    }
}
