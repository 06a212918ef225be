package org.mydropout.job.text;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/**
 * Which fields of a record the job reads, and as what.
 *
 * @param idField name of the id's field
 * @param idType how the id is encoded into the key
 * @param stepField name of the step's field
 * @param stepType how the step is encoded into the key
 * @param step what the job does with that field
 * @param featuresField name of the vector's field
 * @param encoding how a line holds the vector
 * @param deterministicField name of the field that says whether a record passes unchanged; null:
 *     none does
 * @param provenance what to add in {@link #PROVENANCE_FIELD}; null: no such field
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

    /** The field that a job adds to each record to say what it was made with. */
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

    /** The schema of the records that a job with this one writes, for reading them again. */
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
