package org.mydropout.job.config;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.layer.Shape;

/** Compares the fields of a job with the columns of its CSV source. */
final class ColumnsCheck {

    private static final String DELIMITER_HELP = "; source.csv.field-delimiter: '%s' cuts it";

    private final OptionReader options;
    private final RecordFields fields;
    private final boolean readsStep;
    private final boolean provenance;

    /**
     * @param readsStep whether each record must have a step
     * @param provenance whether the job adds {@link RecordSchema#PROVENANCE_FIELD}
     */
    ColumnsCheck(OptionReader options, RecordFields fields, boolean readsStep, boolean provenance) {
        this.options = options;
        this.fields = fields;
        this.readsStep = readsStep;
        this.provenance = provenance;
    }

    /**
     * Checks that CSV has a column for each field that is read, none that is added, and as many for
     * the vector as the layers need.
     *
     * @param dropout empty if it cannot be read
     */
    void check(RecordSource source, List<String> addedFields, Optional<DropoutConfig> dropout) {
        if (source.header().isEmpty()) {
            return;
        }
        CsvHeader header = source.header().get();
        addedFields.forEach(field -> refuseColumn(source, field, ""));
        if (provenance) {
            refuseColumn(source, RecordSchema.PROVENANCE_FIELD, "");
        }
        if (fields.idFrom().equals(Optional.of(IdSource.FIELD))) {
            requireColumns(source, fields.id(), "; source.id-from: position makes ids of places");
        } else {
            refuseColumn(source, fields.id(), "; source.fields.id names another");
        }
        if (readsStep) {
            requireColumns(
                    source,
                    fields.step(),
                    "; %s: constant takes %s for all"
                            .formatted(keyOf(RngOptions.STEP_FROM), keyOf(RngOptions.STEP)));
        }
        if (fields.deterministic() != null) {
            requireColumns(source, fields.deterministic(), "");
        }
        if (requireColumns(
                source, fields.features(), "; a range of columns is written pixel1..pixel784")) {
            ColumnRange vector = ColumnRange.of(fields.features(), header.columns());
            checkApart(source, vector);
            checkEncoding(vector);
            if (!vector.isNamed()) {
                dropout.ifPresent(config -> checkSize(config, vector.last() - vector.first() + 1));
            }
        }
    }

    /** A range of columns has room for as many elements as it gave, and no others. */
    private void checkSize(DropoutConfig dropout, int columns) {
        Shape declared = fields.shape();
        Shape vector =
                declared != null && declared.size() == columns ? declared : Shape.vector(columns);
        try {
            Shape output = dropout.transform().effect(vector).output();
            if (output.size() != columns) {
                options.mustBe(
                        JobOptions.SOURCE_FIELD_FEATURES,
                        "one column where the layers make %d elements of %d"
                                .formatted(output.size(), columns),
                        fields.features());
            }
        } catch (IllegalArgumentException e) {
            options.problem(
                    "%s must be columns that the layers can be applied to, but is %s: %s"
                            .formatted(
                                    JobOptions.SOURCE_FIELD_FEATURES.key(),
                                    fields.features(),
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
                field.equals(fields.features())
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
        fields.names().stream()
                .filter(field -> !field.equals(fields.features()))
                .filter(field -> vector.contains(columns.indexOf(field)))
                .forEach(
                        field ->
                                options.problem(
                                        "%s must not have the column '%s' among its own, but is %s."
                                                .formatted(
                                                        JobOptions.SOURCE_FIELD_FEATURES.key(),
                                                        field,
                                                        fields.features())));
    }

    private String keyOf(ConfigOption<?> option) {
        return RngOptions.nameIn(Configuration.fromMap(options.toMap()), option);
    }
}
