package org.mydropout.job.augment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.mydropout.flink.FeatureVector;
import org.mydropout.job.text.DeadLetterReason;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.flax.StepType;

/**
 * Several copies of each record, each with its own mask: copy {@code c} of {@code K} has step
 * {@code step * K + c}.
 *
 * @param count K, the number of copies, from 1
 * @param stepType the type that steps must fit
 * @param constantStep the step of every record; null: the record's own step
 * @param typeOption what the job calls the option of the step type
 */
public record RecordCopies(
        int count, StepType stepType, @Nullable Long constantStep, String typeOption)
        implements Serializable {

    /**
     * The copies of a record in the order of their steps; only the record itself if it is
     * deterministic.
     *
     * @throws RefusedLineException if the last copy's step does not fit the step type
     */
    public List<TextRecord> of(TextRecord record) throws RefusedLineException {
        if (record.deterministic()) {
            return List.of(record);
        }
        FeatureVector vector = record.vector();
        long step = constantStep == null ? vector.step() : constantStep;
        if (!fits(step)) {
            throw new RefusedLineException(
                    DeadLetterReason.OUT_OF_RANGE,
                    "The steps of %d copies must fit %s, %s, but step %s gives larger ones."
                            .formatted(count, typeOption, stepType, Long.toUnsignedString(step)));
        }
        List<TextRecord> copies = new ArrayList<>(count);
        for (int copy = 0; copy < count; copy++) {
            copies.add(record.withStep(step * count + copy));
        }
        return copies;
    }

    /**
     * Whether step * count + count - 1 fits the step type, in unsigned arithmetic without overflow.
     */
    public boolean fits(long step) {
        long greatest = Long.divideUnsigned(stepType.max() - (count - 1), count);
        return Long.compareUnsigned(step, greatest) <= 0;
    }
}
