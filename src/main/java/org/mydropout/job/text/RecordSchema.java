package org.mydropout.job.text;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Shape;

/**
 * The fields of a record that the job reads, and their types.
 *
 * @param idField name of the id's field
 * @param idFrom where the id comes from; if not from that field, it is added as one, and a text
 * @param idType how the id is encoded into the key
 * @param stepField name of the step's field
 * @param stepType how the step is encoded into the key
 * @param step what the job does with that field
 * @param featuresField name of the vector's field
 * @param encoding how a line holds the vector
 * @param type of the vector's elements
 * @param deterministicField name of the field that says whether a record passes unchanged; null:
 *     none does
 * @param provenance what to add in {@link #PROVENANCE_FIELD}; null: no such field
 * @param shape the shape that vectors must have, and that flat ones are taken to have; null: any
 * @param addedFields names of the fields that a split and the layers add, in order; no record may
 *     have them before
 * @param keyOptions the prefix of the options of a key, as the job writes them: rng or dropout
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordSchema(
        String idField,
        IdSource idFrom,
        IdType idType,
        String stepField,
        StepType stepType,
        StepField step,
        String featuresField,
        FeaturesEncoding encoding,
        ElementType type,
        @Nullable String deterministicField,
        @Nullable String provenance,
        @Nullable int[] shape,
        List<String> addedFields,
        String keyOptions)
        implements Serializable {

    /** The field that a job adds to each record to say how it was made. */
    public static final String PROVENANCE_FIELD = "provenance";

    /** The field that a job adds to each record to say in which part of a split it is. */
    public static final String SPLIT_FIELD = "split";

    /** Copies the list. */
    public RecordSchema {
        addedFields = List.copyOf(addedFields);
    }

    /** The schema of records with an id of their own and vectors of float32 and of any shape. */
    public RecordSchema(
            String idField,
            IdType idType,
            String stepField,
            StepType stepType,
            StepField step,
            String featuresField,
            FeaturesEncoding encoding,
            @Nullable String deterministicField,
            @Nullable String provenance) {
        this(
                idField,
                IdSource.FIELD,
                idType,
                stepField,
                stepType,
                step,
                featuresField,
                encoding,
                ElementType.FLOAT32,
                deterministicField,
                provenance,
                null,
                List.of(),
                "dropout");
    }

    /** The fields that a job adds to each record, in order: the id, if it does, and the others. */
    public List<String> newFields() {
        return Stream.concat(addedIdField().stream(), addedFields.stream()).toList();
    }

    /**
     * The shape with which a record's vector goes into the first layer: that of nested arrays; of
     * one array, the schema's if it has the same size, or else one dimension.
     */
    public Shape inputShape(TextRecord record) {
        if (record.shape() != null) {
            return Shape.of(record.shape());
        }
        return Optional.ofNullable(shape)
                .map(Shape::of)
                .filter(array -> array.size() == record.size())
                .orElseGet(() -> Shape.vector(record.size()));
    }

    private Optional<String> addedIdField() {
        return idFrom == IdSource.FIELD ? Optional.empty() : Optional.of(idField);
    }

    /** The same schema with another provenance. */
    public RecordSchema withProvenance(String text) {
        return new RecordSchema(
                idField,
                idFrom,
                idType,
                stepField,
                stepType,
                step,
                featuresField,
                encoding,
                type,
                deterministicField,
                text,
                shape,
                addedFields,
                keyOptions);
    }

    /** The schema for reading the output of a job with this schema. */
    public RecordSchema ofOutput() {
        return new RecordSchema(
                idField,
                IdSource.FIELD,
                idType,
                stepField,
                stepType,
                step == StepField.SET ? StepField.WAS_SET : step,
                featuresField,
                encoding,
                type,
                deterministicField,
                null,
                null,
                List.of(),
                keyOptions);
    }
}
