package org.mydropout.job.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.StepField;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Shape;

/** Reads the fields of a record and the number of its copies. */
final class SchemaReader {

    private static final String FIELD = "the name of a field";
    private static final String SHAPE = "dimensions from 1 with 'x' between them, such as 28x28";
    private static final Pattern SIZES = Pattern.compile("[1-9]\\d{0,8}(x[1-9]\\d{0,8})*");

    private static final String DELIMITER_HELP = "; source.csv.field-delimiter: '%s' cuts it";

    private final OptionReader options;
    private final String idField;
    private final Optional<IdSource> idFrom;
    private final String stepField;
    private final String featuresField;
    @Nullable private final String deterministicField;
    private final boolean provenance;
    private final Optional<Integer> copies;
    private final Optional<String> shape;
    private final Optional<StepSource> stepFrom;

    SchemaReader(OptionReader options) {
        this.options = options;
        this.idField = options.optional(JobOptions.SOURCE_FIELD_ID, FIELD).orElseThrow();
        this.idFrom = options.oneOf(JobOptions.SOURCE_ID_FROM);
        this.stepField = options.optional(JobOptions.SOURCE_FIELD_STEP, FIELD).orElseThrow();
        this.featuresField =
                options.optional(JobOptions.SOURCE_FIELD_FEATURES, FIELD).orElseThrow();
        this.deterministicField =
                options.optional(JobOptions.SOURCE_FIELD_DETERMINISTIC, FIELD).orElse(null);
        this.provenance = options.isTrue(JobOptions.SINK_PROVENANCE);
        this.copies =
                options.optional(
                        JobOptions.AUGMENT_COPIES, "a whole number, 1 or more", count -> count > 0);
        this.shape =
                options.optional(
                                JobOptions.SOURCE_SHAPE,
                                SHAPE,
                                text -> SIZES.matcher(text).matches())
                        .filter(this::isShape);
        this.stepFrom = options.readable(RngOptions.STEP_FROM);
    }

    /**
     * The schema; empty if its options cannot be read.
     *
     * @param addedFields the fields that a split and the layers add
     */
    Optional<RecordSchema> schema(List<String> addedFields) {
        List<String> fields = fields();
        if (new HashSet<>(fields).size() < fields.size()) {
            options.problem(
                    "source.fields.* must name different fields, but are %s."
                            .formatted(String.join(", ", fields)));
        }
        addedFields.stream()
                .filter(fields::contains)
                .forEach(
                        field ->
                                options.problem(
                                        "source.fields.* must not name the field '%s', which the job adds."
                                                .formatted(field)));
        Optional<IdType> idType = options.readable(RngOptions.ID_TYPE);
        Optional<StepType> stepType = options.readable(RngOptions.STEP_TYPE);
        Optional<FeaturesEncoding> encoding = options.oneOf(JobOptions.SOURCE_FEATURES_ENCODING);
        if (idType.isEmpty()
                || stepType.isEmpty()
                || stepFrom.isEmpty()
                || idFrom.isEmpty()
                || encoding.isEmpty()) {
            return Optional.empty();
        }
        checkIdType(idType.get());
        return Optional.of(
                new RecordSchema(
                        idField,
                        idFrom.get(),
                        idType.get(),
                        stepField,
                        stepType.get(),
                        stepUse(stepFrom.get()),
                        featuresField,
                        encoding.get(),
                        deterministicField,
                        provenance ? Provenance.of(Configuration.fromMap(options.toMap())) : null,
                        shape.map(SchemaReader::dimensions).orElse(null),
                        addedFields));
    }

    /** Whether an array of that shape can be; that it cannot is kept as a problem. */
    private boolean isShape(String text) {
        try {
            return Shape.of(dimensions(text)).size() > 0;
        } catch (IllegalArgumentException e) {
            options.mustBe(JobOptions.SOURCE_SHAPE, "of at most 2147483647 elements", text);
            return false;
        }
    }

    private static int[] dimensions(String text) {
        return Stream.of(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private void checkIdType(IdType idType) {
        if (idFrom.get() != IdSource.FIELD && idType != IdType.STRING) {
            options.problem(
                    "%s must be string where %s is %s, since such an id is a text, but is %s."
                            .formatted(
                                    name(RngOptions.ID_TYPE),
                                    JobOptions.SOURCE_ID_FROM.key(),
                                    idFrom.get(),
                                    idType));
        }
    }

    private String name(ConfigOption<?> option) {
        return RngOptions.nameIn(Configuration.fromMap(options.toMap()), option);
    }

    private StepField stepUse(StepSource from) {
        if (from != StepSource.RECORD) {
            return StepField.SET;
        }
        return copies.isPresent() ? StepField.READ_OR_ZERO : StepField.READ;
    }

    private List<String> fields() {
        return Stream.of(idField, stepField, featuresField, deterministicField)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Checks that CSV has a column for each field that is read, none that is added, and as many for
     * the vector as the layers need.
     *
     * @param dropout empty if it cannot be read
     */
    void checkColumns(
            RecordSource source, List<String> addedFields, Optional<DropoutConfig> dropout) {
        if (source.header().isEmpty()) {
            return;
        }
        CsvHeader header = source.header().get();
        addedFields.forEach(field -> refuseColumn(source, field, ""));
        if (provenance) {
            refuseColumn(source, RecordSchema.PROVENANCE_FIELD, "");
        }
        if (idFrom.equals(Optional.of(IdSource.FIELD))) {
            requireColumns(source, idField, "; source.id-from: position makes ids of places");
        } else {
            refuseColumn(source, idField, "; source.fields.id names another");
        }
        if (stepFrom.equals(Optional.of(StepSource.RECORD)) && copies.isEmpty()) {
            requireColumns(
                    source,
                    stepField,
                    "; %s: constant takes %s for all"
                            .formatted(name(RngOptions.STEP_FROM), name(RngOptions.STEP)));
        }
        if (deterministicField != null) {
            requireColumns(source, deterministicField, "");
        }
        if (requireColumns(
                source, featuresField, "; a range of columns is written pixel1..pixel784")) {
            ColumnRange vector = ColumnRange.of(featuresField, header.columns());
            checkApart(source, vector);
            checkEncoding(vector);
            if (!vector.isNamed()) {
                dropout.ifPresent(config -> checkSize(config, vector.last() - vector.first() + 1));
            }
        }
    }

    /** A range of columns has room for as many elements as it gave, and no others. */
    private void checkSize(DropoutConfig dropout, int columns) {
        Shape vector =
                shape.map(SchemaReader::dimensions)
                        .map(Shape::of)
                        .filter(given -> given.size() == columns)
                        .orElse(Shape.vector(columns));
        try {
            Shape output = dropout.transform().effect(vector).output();
            if (output.size() != columns) {
                options.mustBe(
                        JobOptions.SOURCE_FIELD_FEATURES,
                        "one column where the layers make %d elements of %d"
                                .formatted(output.size(), columns),
                        featuresField);
            }
        } catch (IllegalArgumentException e) {
            options.problem(
                    "%s must be columns that the layers can be applied to, but is %s: %s"
                            .formatted(
                                    JobOptions.SOURCE_FIELD_FEATURES.key(),
                                    featuresField,
                                    e.getMessage()));
        }
    }

    private void refuseColumn(RecordSource source, String column, String help) {
        if (source.header().get().columns().contains(column)) {
            options.problem(
                    "%s must not name the column '%s', which the job adds%s."
                            .formatted(source.headerPlace(), column, help));
        }
    }

    /** Whether the columns of a field are there; only that of the vector may be several. */
    private boolean requireColumns(RecordSource source, String field, String help) {
        CsvHeader header = source.header().get();
        Optional<String> problem =
                field.equals(featuresField)
                        ? ColumnRange.problem(field, header.columns())
                        : Optional.of(
                                        "the column '%s', but names %s"
                                                .formatted(field, header.columns()))
                                .filter(text -> !header.columns().contains(field));
        problem.ifPresent(
                text ->
                        options.problem(
                                "%s must name %s%s."
                                        .formatted(
                                                source.headerPlace(),
                                                text,
                                                header.otherDelimiter()
                                                        .map(c -> c == '\t' ? "\\t" : c.toString())
                                                        .map(DELIMITER_HELP::formatted)
                                                        .orElse(help))));
        return problem.isEmpty();
    }

    private void checkEncoding(ColumnRange vector) {
        options.readable(JobOptions.SOURCE_FEATURES_ENCODING)
                .filter(encoding -> encoding.isBase64() && !vector.isNamed())
                .ifPresent(
                        encoding ->
                                options.mustBe(
                                        JobOptions.SOURCE_FEATURES_ENCODING,
                                        "array where source.fields.features is a range of columns",
                                        encoding));
    }

    private void checkApart(RecordSource source, ColumnRange vector) {
        List<String> columns = source.header().get().columns();
        fields().stream()
                .filter(field -> !field.equals(featuresField))
                .filter(field -> vector.contains(columns.indexOf(field)))
                .forEach(
                        field ->
                                options.problem(
                                        "%s must not have the column '%s' among its own, but is %s."
                                                .formatted(
                                                        JobOptions.SOURCE_FIELD_FEATURES.key(),
                                                        field,
                                                        featuresField)));
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
                new RecordCopies(copies.get(), stepType.get(), constant ? step.get() : null);
        if (constant && !read.fits(step.get())) {
            options.problem(
                    "The steps of augment.copies, %d, must fit %s, %s, but %s, %d, gives larger ones."
                            .formatted(
                                    copies.get(),
                                    name(RngOptions.STEP_TYPE),
                                    stepType.get(),
                                    name(RngOptions.STEP),
                                    step.get()));
        }
        return Optional.of(read);
    }
}
