package org.mydropout.job.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.StepField;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Reads the fields of a record and the number of its copies. */
final class SchemaReader {

    private static final String FIELD = "the name of a field";

    private final OptionReader options;
    private final String idField;
    private final String stepField;
    private final String featuresField;
    @Nullable private final String deterministicField;
    private final boolean provenance;
    private final Optional<Integer> copies;
    private final Optional<StepSource> stepFrom;

    SchemaReader(OptionReader options) {
        this.options = options;
        this.idField = options.optional(JobOptions.SOURCE_FIELD_ID, FIELD).orElseThrow();
        this.stepField = options.optional(JobOptions.SOURCE_FIELD_STEP, FIELD).orElseThrow();
        this.featuresField =
                options.optional(JobOptions.SOURCE_FIELD_FEATURES, FIELD).orElseThrow();
        this.deterministicField =
                options.optional(JobOptions.SOURCE_FIELD_DETERMINISTIC, FIELD).orElse(null);
        this.provenance = options.isTrue(JobOptions.SINK_PROVENANCE);
        this.copies =
                options.optional(
                        JobOptions.AUGMENT_COPIES, "a whole number, 1 or more", count -> count > 0);
        this.stepFrom = options.readable(DropoutOptions.STEP_FROM);
    }

    /** The schema; empty if its options cannot be read. */
    Optional<RecordSchema> schema() {
        List<String> fields = fields(true);
        if (new HashSet<>(fields).size() < fields.size()) {
            options.problem(
                    "source.fields.* must name different fields, but are %s."
                            .formatted(String.join(", ", fields)));
        }
        Optional<IdType> idType = options.readable(DropoutOptions.ID_TYPE);
        Optional<StepType> stepType = options.readable(DropoutOptions.STEP_TYPE);
        Optional<FeaturesEncoding> encoding = options.oneOf(JobOptions.SOURCE_FEATURES_ENCODING);
        if (idType.isEmpty() || stepType.isEmpty() || stepFrom.isEmpty() || encoding.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RecordSchema(
                        idField,
                        idType.get(),
                        stepField,
                        stepType.get(),
                        stepUse(stepFrom.get()),
                        featuresField,
                        encoding.get(),
                        deterministicField,
                        provenance ? Provenance.of(Configuration.fromMap(options.toMap())) : null));
    }

    private StepField stepUse(StepSource from) {
        if (from != StepSource.RECORD) {
            return StepField.SET;
        }
        return copies.isPresent() ? StepField.READ_OR_ZERO : StepField.READ;
    }

    private List<String> fields(boolean withStep) {
        List<String> fields = new ArrayList<>();
        fields.add(idField);
        if (withStep) {
            fields.add(stepField);
        }
        fields.add(featuresField);
        if (deterministicField != null) {
            fields.add(deterministicField);
        }
        return fields;
    }

    /**
     * Checks that a CSV header has a column for each field that is read, and no column that the job
     * adds.
     */
    void checkColumns(RecordSource source) {
        if (source.header().isEmpty()) {
            return;
        }
        List<String> columns = source.header().get().columns();
        if (provenance && columns.contains(RecordSchema.PROVENANCE_FIELD)) {
            options.problem(
                    "%s must not name the column '%s', which the job adds."
                            .formatted(source.headerPlace(), RecordSchema.PROVENANCE_FIELD));
        }
        boolean readsStep = stepFrom.equals(Optional.of(StepSource.RECORD)) && copies.isEmpty();
        for (String field : fields(readsStep)) {
            if (!columns.contains(field)) {
                options.problem(
                        "%s must name the column '%s', but names %s."
                                .formatted(source.headerPlace(), field, columns));
            }
        }
    }

    /**
     * The copies of each record; empty if each record gives itself, or if the options cannot be
     * read.
     */
    Optional<RecordCopies> copies() {
        Optional<StepType> stepType = options.readable(DropoutOptions.STEP_TYPE);
        boolean constant = stepFrom.equals(Optional.of(StepSource.CONSTANT));
        Optional<Long> step = options.readable(DropoutOptions.STEP);
        if (copies.isEmpty() || stepType.isEmpty() || (constant && step.isEmpty())) {
            return Optional.empty();
        }
        RecordCopies read =
                new RecordCopies(copies.get(), stepType.get(), constant ? step.get() : null);
        if (constant && !read.fits(step.get())) {
            options.problem(
                    "The steps of augment.copies, %d, must fit dropout.step-type, %s, but dropout.step, %d, gives larger ones."
                            .formatted(copies.get(), stepType.get(), step.get()));
        }
        return Optional.of(read);
    }
}
