package org.mydropout.job.augment;

import java.io.Serializable;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.text.DeadLetterReason;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/** Refuses vectors that layers cannot be applied to, or that have not the shape of the job. */
public final class VectorCheck implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DropoutConfig dropout;
    @Nullable private final int[] shape;

    /** The number of elements of the job's shape, which each record is compared with. */
    private final int size;

    private transient KeyedTransform transform;
    private transient Shape last;

    VectorCheck(DropoutConfig dropout, @Nullable int[] shape) {
        this.dropout = dropout;
        this.shape = shape;
        this.size = shape == null ? 0 : Shape.of(shape).size();
    }

    /**
     * Checks the shape of a record's vector, and its values.
     *
     * @throws RefusedLineException if it is refused
     */
    public void check(TextRecord record) throws RefusedLineException {
        int length = record.size();
        int[] dimensions = record.shape();
        if (shape != null && dimensions == null && size == length) {
            dimensions = shape;
        }
        if (last == null || !last.isOf(dimensions, length)) {
            checkShape(dimensions, length);
        }
        if (record.typed() != null) {
            return; // their layers take any value
        }
        try {
            transform.requireValues(record.vector().values());
        } catch (IllegalArgumentException e) {
            throw new RefusedLineException(DeadLetterReason.OUT_OF_RANGE, e.getMessage());
        }
    }

    private void checkShape(@Nullable int[] dimensions, int length) throws RefusedLineException {
        Shape found = dimensions == null ? Shape.vector(length) : Shape.of(dimensions);
        if (shape != null && !Arrays.equals(shape, dimensions)) {
            throw refusal(
                    "The vector must have the shape %s, which source.shape says, but has %s."
                            .formatted(Shape.of(shape), found));
        }
        if (transform == null) {
            transform = dropout.transform();
        }
        try {
            transform.effect(found);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
        last = found;
    }

    private static RefusedLineException refusal(String sentence) {
        return new RefusedLineException(DeadLetterReason.WRONG_SHAPE, sentence);
    }
}
