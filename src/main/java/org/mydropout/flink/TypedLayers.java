package org.mydropout.flink;

import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.layer.TypedOutput;
import org.mydropout.kernel.layer.TypedTransform;

/** Applies layers to vectors of another type than float32. */
final class TypedLayers<T> extends RecordLayers<T, double[], TypedOutput> {

    private final TypedTransform transform;

    /**
     * @param accessor has a type
     * @throws IllegalArgumentException if a layer refuses the type
     */
    TypedLayers(DropoutConfig config, RecordAccessor<T> accessor, KeyedTransform transform) {
        super(config, accessor, transform);
        this.transform = transform.typed(accessor.type().orElseThrow());
    }

    @Override
    double[] vector(T record) {
        return accessor.typedVector(record);
    }

    @Override
    int length(double[] vector) {
        return vector.length;
    }

    @Override
    TypedOutput transformed(String id, long step, double[] vector, Shape shape) {
        return transform.apply(id, step, vector, shape);
    }

    @Override
    TypedOutput transformed(long id, long step, double[] vector, Shape shape) {
        return transform.apply(id, step, vector, shape);
    }

    @Override
    long dropped(TypedOutput output) {
        return output.dropped();
    }

    @Override
    T with(T record, long step, TypedOutput output) {
        return made(accessor.withTypedVector(record, step, output.values()));
    }

    /** The layers that take other types pass a vector unchanged. */
    @Override
    T deterministic(T record, double[] vector, Shape shape) {
        return record;
    }
}
