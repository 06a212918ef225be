package org.mydropout.job.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.StepField;

/** Reads what the fields of a record are, and how many copies it gives. */
final class SchemaReader {

    private final OptionReader options;
    private final DropoutConfig dropout;
    private final Optional<Integer> count;

    SchemaReader(OptionReader options, DropoutConfig dropout) {
        this.options = options;
        this.dropout = dropout;
        this.count =
                options.optional(JobOptions.AUGMENT_COPIES, "a whole number")
                        .filter(this::isPositive);
    }

    private boolean isPositive(int number) {
        if (number < 1) {
            options.problem("augment.copies must be at least 1, but is %d.".formatted(number));
        }
        return number >= 1;
    }

    RecordSchema schema() {
        Configuration configuration = options.configuration();
        RecordSchema schema =
                new RecordSchema(
                        configuration.get(JobOptions.SOURCE_FIELD_ID),
                        dropout.idType(),
                        configuration.get(JobOptions.SOURCE_FIELD_STEP),
                        dropout.stepType(),
                        stepField(),
                        configuration.get(JobOptions.SOURCE_FIELD_FEATURES),
                        configuration.get(JobOptions.SOURCE_FIELD_DETERMINISTIC),
                        provenance());
        List<String> fields =
                Stream.of(
                                schema.idField(),
                                schema.stepField(),
                                schema.featuresField(),
                                schema.deterministicField())
                        .filter(Objects::nonNull)
                        .toList();
        if (new LinkedHashSet<>(fields).size() < fields.size()) {
            options.problem(
                    "source.fields.* must name different fields, but are %s."
                            .formatted(String.join(", ", fields)));
        }
        return schema;
    }

    @Nullable
    private String provenance() {
        return options.optional(JobOptions.SINK_PROVENANCE, "true or false").orElse(false)
                ? Provenance.of(options.configuration())
                : null;
    }

    private StepField stepField() {
        if (dropout.stepFrom() != StepSource.RECORD) {
            return StepField.SET;
        }
        return count.isPresent() ? StepField.READ_OR_ZERO : StepField.READ;
    }

    /** The copies of each record; empty where it gives itself. */
    Optional<RecordCopies> copies() {
        if (count.isEmpty()) {
            return Optional.empty();
        }
        boolean constant = dropout.stepFrom() == StepSource.CONSTANT;
        RecordCopies copies =
                new RecordCopies(
                        count.get(),
                        dropout.stepType(),
                        constant ? (Long) dropout.step().getAsLong() : null);
        if (constant && !copies.fits(dropout.step().getAsLong())) {
            options.problem(
                    "The steps of augment.copies, %d, must fit dropout.step-type, %s, but dropout.step, %d, gives larger ones."
                            .formatted(
                                    count.get(), dropout.stepType(), dropout.step().getAsLong()));
        }
        return Optional.of(copies);
    }

    /** The dropout of the operator, to which each copy comes with its step. */
    DropoutConfig dropout() {
        if (count.isEmpty() || dropout.stepFrom() != StepSource.CONSTANT) {
            return dropout;
        }
        Configuration configuration = new Configuration(options.configuration());
        configuration.set(DropoutOptions.STEP_FROM, StepSource.RECORD);
        configuration.removeConfig(DropoutOptions.STEP);
        return DropoutConfig.from(configuration);
    }
}
