package org.mydropout.job.record;

import java.io.Serializable;
import org.mydropout.flink.IdType;
import org.mydropout.flink.StepType;

/**
 * Which fields of a record the job reads, and as what.
 *
 * @param idField name of the id's field
 * @param idType how the id is encoded into the key
 * @param stepField name of the step's field
 * @param stepType how the step is encoded into the key
 * @param stepFromRecord whether the step is read from its field; otherwise the job sets that field,
 *     whatever it holds
 * @param featuresField name of the vector's field
 */
public record RecordSchema(
        String idField,
        IdType idType,
        String stepField,
        StepType stepType,
        boolean stepFromRecord,
        String featuresField)
        implements Serializable {}
