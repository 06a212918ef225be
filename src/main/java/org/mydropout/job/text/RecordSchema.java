package org.mydropout.job.text;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/**
 * The fields of a record that the job reads, and their types.
 *
 * @param idField the field of the id
 * @param idType the type of the id
 * @param stepField the field of the step
 * @param stepType the type of the step
 * @param step how the job treats the field of the step
 * @param featuresField the field of the vector
 * @param encoding the encoding of the vector in a line
 * @param deterministicField the field that says whether a record passes unchanged; null: no record
 *     does
 * @param provenance the text to add as {@link #PROVENANCE_FIELD}; null: the field is not added
 */
public record RecordSchema(
        String idField,
        IdType idType,
        String stepField,
        StepType stepType,
        StepField step,
        String featuresField,
        FeaturesEncoding encoding,
        @Nullable String deterministicField,
        @Nullable String provenance)
        implements Serializable {

    /** The field that a job adds to each record to say how it was made. */
    public static final String PROVENANCE_FIELD = "provenance";

    /** The same schema with another provenance. */
    public RecordSchema withProvenance(String text) {
        return new RecordSchema(
                idField,
                idType,
                stepField,
                stepType,
                step,
                featuresField,
                encoding,
                deterministicField,
                text);
    }

    /** The schema for reading the output of a job with this schema. */
    public RecordSchema ofOutput() {
        return new RecordSchema(
                idField,
                idType,
                stepField,
                stepType,
                step == StepField.SET ? StepField.WAS_SET : step,
                featuresField,
                encoding,
                deterministicField,
                null);
    }
}
