package org.mydropout.flink;

import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.Shape;

/** Applies layers to vectors of float32. */
final class Float32Layers<T> extends RecordLayers<T, float[], LayerOutput> {

    private final KeyedTransform transform;

    Float32Layers(DropoutConfig config, RecordAccessor<T> accessor, KeyedTransform transform) {
        super(config, accessor, transform);
        this.transform = transform;
    }

    @Override
    float[] vector(T record) {
        return accessor.vector(record);
    }

    @Override
    int length(float[] vector) {
        return vector.length;
    }

    @Override
    LayerOutput transformed(String id, long step, float[] vector, Shape shape) {
        return transform.apply(id, step, vector, shape);
    }

    @Override
    LayerOutput transformed(long id, long step, float[] vector, Shape shape) {
        return transform.apply(id, step, vector, shape);
    }

    @Override
    long dropped(LayerOutput output) {
        return output.dropped();
    }

    @Override
    T with(T record, long step, LayerOutput output) {
        return made(accessor.withOutput(record, step, output));
    }

    @Override
    T deterministic(T record, float[] vector, Shape shape) {
        LayerOutput output = transform.deterministic(vector, shape);
        return output.values() == vector && output.fields().isEmpty()
                ? record
                : with(record, accessor.step(record), output);
    }
}
