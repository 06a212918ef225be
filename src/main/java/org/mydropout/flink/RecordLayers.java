package org.mydropout.flink;

import java.io.IOException;
import javax.annotation.Nullable;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/**
 * Applies layers to the vectors of records.
 *
 * @param <T> the type of the records
 * @param <V> the type of their vectors
 * @param <O> the type of what the layers make of a vector
 */
abstract class RecordLayers<T, V, O> {

    final RecordAccessor<T> accessor;
    private final IdType idType;
    private final KeyedTransform transform;
    private Shape shape;
    private KeyedTransform.Effect effect;

    RecordLayers(DropoutConfig config, RecordAccessor<T> accessor, KeyedTransform transform) {
        this.idType = config.idType();
        this.accessor = accessor;
        this.transform = transform;
    }

    /**
     * Applies them to a record.
     *
     * @param guard sees each record that draws; null: there is none
     * @throws RefusedRecordException as {@link DropoutMapFunction#apply} does
     */
    DropoutResult<T> apply(
            T record, StepReader<T> steps, @Nullable KeyReuseGuard<T> guard, DropoutMetrics metrics)
            throws IOException {
        V vector = vector(record);
        if (vector == null) {
            throw new RefusedRecordException(
                    "The vector of a record must not be null, but that of id "
                            + idText(record)
                            + " is.");
        }
        int length = length(vector);
        takeShape(accessor.shape(record), length);
        DropoutResult<T> result =
                accessor.deterministic(record)
                        ? new DropoutResult<>(
                                deterministic(record, vector, shape), length, 0, 0, false)
                        : apply(record, vector, length, steps.step(record), guard);
        metrics.add(result, length);
        return result;
    }

    private DropoutResult<T> apply(
            T record, V vector, int length, long step, @Nullable KeyReuseGuard<T> guard)
            throws IOException {
        O output = transformed(record, step, vector);
        boolean keyReused = guard != null && guard.isReuse(record, step);
        long masked = effect.masked() == 0 ? length : effect.masked();
        return new DropoutResult<>(
                with(record, step, output),
                masked - dropped(output),
                dropped(output),
                effect.expectedDropped(),
                keyReused);
    }

    private O transformed(T record, long step, V vector) {
        boolean isNamed = idType == IdType.STRING;
        String name = isNamed ? accessor.stringId(record) : null;
        long id = isNamed ? 0 : accessor.id(record);
        try {
            return isNamed
                    ? transformed(name, step, vector, shape)
                    : transformed(id, step, vector, shape);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    /** The vector of a record; null if it has none. */
    @Nullable
    abstract V vector(T record);

    abstract int length(V vector);

    abstract O transformed(String id, long step, V vector, Shape shape);

    abstract O transformed(long id, long step, V vector, Shape shape);

    abstract long dropped(O output);

    /** The record that comes of an output. */
    abstract T with(T record, long step, O output);

    /** The record itself, unless a layer decides something in any case. */
    abstract T deterministic(T record, V vector, Shape shape);

    /** Records most often have the shape of the one before. */
    private void takeShape(@Nullable int[] dimensions, int length) {
        if (shape != null && shape.isOf(dimensions, length)) {
            return;
        }
        try {
            Shape taken = dimensions == null ? Shape.vector(length) : Shape.of(dimensions);
            effect = transform.effect(taken);
            shape = taken;
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    /** The id of a record for people. */
    final String idText(T record) {
        if (idType == IdType.STRING) {
            return accessor.stringId(record);
        }
        long id = accessor.id(record);
        return idType == IdType.UINT64 ? Long.toUnsignedString(id) : Long.toString(id);
    }

    /** Refuses a null record, which an accessor must not return. */
    final T made(T record) {
        if (record == null) {
            throw new RefusedRecordException(
                    "RecordAccessor.withVector must return a record, but "
                            + accessor.getClass().getName()
                            + " returned null.");
        }
        return record;
    }
}
