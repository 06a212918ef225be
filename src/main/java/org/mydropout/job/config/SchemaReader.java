package org.mydropout.job.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.StepField;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.math.FloatType;

/** Reads the fields of a record and the number of its copies. */
final class SchemaReader {

    private static final String FIELD = "the name of a field";
    private static final String SHAPE = "dimensions from 1 with 'x' between them, such as 28x28";
    private static final Pattern SIZES = Pattern.compile("[1-9]\\d{0,8}(x[1-9]\\d{0,8})*");

    private final OptionReader options;
    private final RecordFields fields;
    private final boolean provenance;
    private final Optional<Integer> copies;
    private final Optional<StepSource> stepFrom;

    SchemaReader(OptionReader options) {
        this.options = options;
        this.fields =
                new RecordFields(
                        name(JobOptions.SOURCE_FIELD_ID).orElseThrow(),
                        options.oneOf(JobOptions.SOURCE_ID_FROM),
                        name(JobOptions.SOURCE_FIELD_STEP).orElseThrow(),
                        name(JobOptions.SOURCE_FIELD_FEATURES).orElseThrow(),
                        name(JobOptions.SOURCE_FIELD_DETERMINISTIC).orElse(null),
                        shape().orElse(null));
        this.provenance = options.isTrue(JobOptions.SINK_PROVENANCE);
        this.copies =
                options.optional(
                        JobOptions.AUGMENT_COPIES, "a whole number, 1 or more", count -> count > 0);
        this.stepFrom = options.readable(RngOptions.STEP_FROM);
    }

    private Optional<String> name(ConfigOption<String> option) {
        return options.optional(option, FIELD);
    }

    /** The declared shape; empty if there is none, or if it cannot be one. */
    private Optional<Shape> shape() {
        Optional<String> text =
                options.optional(
                        JobOptions.SOURCE_SHAPE, SHAPE, given -> SIZES.matcher(given).matches());
        try {
            return text.map(
                    sizes ->
                            Shape.of(
                                    Stream.of(sizes.split("x", -1))
                                            .mapToInt(Integer::parseInt)
                                            .toArray()));
        } catch (IllegalArgumentException e) {
            options.mustBe(
                    JobOptions.SOURCE_SHAPE, "of at most 2147483647 elements", text.orElseThrow());
            return Optional.empty();
        }
    }

    /** What is checked of the columns of CSV. */
    ColumnsCheck columnsCheck() {
        return new ColumnsCheck(
                options,
                fields,
                stepFrom.equals(Optional.of(StepSource.RECORD)) && copies.isEmpty(),
                provenance);
    }

    /**
     * The schema; empty if its options cannot be read.
     *
     * @param addedFields the fields that a split and the layers add
     */
    Optional<RecordSchema> schema(List<String> addedFields) {
        List<String> names = fields.names();
        if (new HashSet<>(names).size() < names.size()) {
            options.problem(
                    "source.fields.* must name different fields, but are %s."
                            .formatted(String.join(", ", names)));
        }
        addedFields.stream()
                .filter(names::contains)
                .forEach(
                        field ->
                                options.problem(
                                        "source.fields.* must not name the field '%s', which the job adds."
                                                .formatted(field)));
        Optional<IdType> idType = options.readable(RngOptions.ID_TYPE);
        Optional<StepType> stepType = options.readable(RngOptions.STEP_TYPE);
        Optional<ElementType> type = options.oneOf(JobOptions.SOURCE_FEATURES_TYPE);
        Optional<FeaturesEncoding> encoding = options.oneOf(JobOptions.SOURCE_FEATURES_ENCODING);
        if (idType.isEmpty()
                || stepType.isEmpty()
                || stepFrom.isEmpty()
                || fields.idFrom().isEmpty()
                || encoding.isEmpty()
                || type.isEmpty()) {
            return Optional.empty();
        }
        checkIdType(idType.get());
        return Optional.of(
                new RecordSchema(
                        fields.id(),
                        fields.idFrom().get(),
                        idType.get(),
                        fields.step(),
                        stepType.get(),
                        stepUse(stepFrom.get()),
                        fields.features(),
                        encoding.get(),
                        type.get(),
                        fields.deterministic(),
                        provenance ? Provenance.of(Configuration.fromMap(options.toMap())) : null,
                        fields.shape() == null ? null : fields.shape().toArray(),
                        addedFields,
                        keyOptions()));
    }

    /** The prefix of the options of a key, as the job writes them. */
    private String keyOptions() {
        String name = keyOf(RngOptions.ID_TYPE);
        return name.substring(0, name.indexOf('.'));
    }

    private void checkIdType(IdType idType) {
        if (fields.idFrom().get() != IdSource.FIELD && idType != IdType.STRING) {
            options.problem(
                    "%s must be string where %s is %s, since such an id is a text, but is %s."
                            .formatted(
                                    keyOf(RngOptions.ID_TYPE),
                                    JobOptions.SOURCE_ID_FROM.key(),
                                    fields.idFrom().get(),
                                    idType));
        }
    }

    /** Refuses a type of elements that JAX lacks, or a layer. */
    void checkType(Optional<DropoutConfig> dropout) {
        Optional<ElementType> type = options.readable(JobOptions.SOURCE_FEATURES_TYPE);
        Optional<FloatType> floatType = type.flatMap(ElementType::floatType);
        if (dropout.isEmpty() || floatType.isEmpty()) {
            return;
        }
        String key = JobOptions.SOURCE_FEATURES_TYPE.key();
        if (floatType.get() == FloatType.FLOAT64 && !dropout.get().x64()) {
            options.problem(
                    "%s must be true where %s is float64, since JAX makes float32 of it otherwise, but is false."
                            .formatted(keyOf(RngOptions.X64), key));
            return;
        }
        try {
            dropout.get().transform().typed(floatType.get());
        } catch (IllegalArgumentException e) {
            options.problem(
                    "%s must be float32 unless every layer is dropout, or stochastic-depth of the form select or scenic, but is %s: %s"
                            .formatted(key, type.get(), e.getMessage()));
        }
    }

    private String keyOf(ConfigOption<?> option) {
        return RngOptions.nameIn(Configuration.fromMap(options.toMap()), option);
    }

    private StepField stepUse(StepSource from) {
        if (from != StepSource.RECORD) {
            return StepField.SET;
        }
        return copies.isPresent() ? StepField.READ_OR_ZERO : StepField.READ;
    }

    /**
     * The copies of each record; empty if each record gives itself, or if the options cannot be
     * read.
     */
    Optional<RecordCopies> copies() {
        Optional<StepType> stepType = options.readable(RngOptions.STEP_TYPE);
        boolean constant = stepFrom.equals(Optional.of(StepSource.CONSTANT));
        Optional<Long> step = options.readable(RngOptions.STEP);
        if (copies.isEmpty() || stepType.isEmpty() || (constant && step.isEmpty())) {
            return Optional.empty();
        }
        RecordCopies read =
                new RecordCopies(
                        copies.get(),
                        stepType.get(),
                        constant ? step.get() : null,
                        keyOf(RngOptions.STEP_TYPE));
        if (constant && !read.fits(step.get())) {
            options.problem(
                    "The steps of augment.copies, %d, must fit %s, %s, but %s, %d, gives larger ones."
                            .formatted(
                                    copies.get(),
                                    keyOf(RngOptions.STEP_TYPE),
                                    stepType.get(),
                                    keyOf(RngOptions.STEP),
                                    step.get()));
        }
        return Optional.of(read);
    }
}
