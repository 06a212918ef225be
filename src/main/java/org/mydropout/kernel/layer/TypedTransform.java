package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.PrngKey;

/**
 * A {@link KeyedTransform} of arrays of another type than float32, with the same keys and draws.
 * Immutable and thread-safe.
 */
public final class TypedTransform {

    private final RecordKeys keys;
    private final List<KeyedLayer> active;
    private final FloatType type;

    /**
     * @param active the layers that change something
     * @throws IllegalArgumentException if one of all layers refuses the type
     */
    TypedTransform(RecordKeys keys, List<KeyedLayer> all, List<KeyedLayer> active, FloatType type) {
        for (KeyedLayer layer : all) {
            if (layer.layer() instanceof TypedLayer typed) {
                typed.requireType(type);
            } else {
                throw new IllegalArgumentException(
                        "The type of the elements of %s must be float32, but is %s."
                                .formatted(layer.layer().flaxName(), type));
            }
        }
        this.keys = keys;
        this.active = active;
        this.type = type;
    }

    /**
     * Transforms the array of a record with an integer id.
     *
     * @param x values of the type, in row-major order; they are not written to
     * @return a new array, or x itself if no layer changes anything
     * @throws IllegalArgumentException as {@link KeyedTransform#apply(long, long, float[], Shape)},
     *     and if x has a value that the type does not
     */
    public TypedOutput apply(long id, long step, double[] x, Shape shape) {
        if (active.isEmpty()) {
            keys.check(id, step);
            return unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    /** As {@link #apply(long, long, double[], Shape)}, for a string id. */
    public TypedOutput apply(String id, long step, double[] x, Shape shape) {
        if (active.isEmpty()) {
            keys.check(id, step);
            return unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    private TypedOutput apply(PrngKey recordKey, double[] x, Shape shape) {
        TypedOutput output = unchanged(x, shape);
        for (KeyedLayer layer : active) {
            TypedOutput next =
                    ((TypedLayer) layer.layer())
                            .apply(layer.sampledKey(recordKey), output.values(), shape, type);
            output = new TypedOutput(next.values(), output.dropped() + next.dropped());
        }
        return output;
    }

    private static TypedOutput unchanged(double[] x, Shape shape) {
        shape.requireSize(x.length);
        return new TypedOutput(x, 0);
    }
}
