package org.mydropout.kernel.layer;

import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.random.PrngKey;

/**
 * A layer that draws: a pure function of a key and an array. Implementations are immutable and
 * thread-safe.
 */
public interface Layer {

    /**
     * The name of the layer's class in Flax, from which Flax names a submodule: {@code MyDropout}
     * for {@code MyDropout_0}.
     */
    String flaxName();

    /** The names of what it writes beside its values, in order: see {@link LayerOutput#fields}. */
    default List<String> fieldNames() {
        return List.of();
    }

    /** Whether the layer's strength is 0: it returns its input and needs no key. */
    boolean isIdentity();

    /**
     * Applies the layer.
     *
     * @param key the key to sample, which must not be split, folded or sampled elsewhere; it has no
     *     effect on an identity
     * @param x the elements in row-major order; they are not written to
     * @param shape the shape of x
     * @return a new array with its shape, even if nothing changes
     * @throws IllegalArgumentException if the size of x is not that of the shape, or if the layer
     *     does not support the shape
     */
    LayerOutput apply(PrngKey key, float[] x, Shape shape);

    /**
     * Checks the values of an array, whatever its shape.
     *
     * @throws IllegalArgumentException if the layer cannot be applied to them
     */
    default void requireValues(float[] x) {}

    /**
     * The mask of {@link #apply(PrngKey, float[], Shape)}, for inspection. It is empty for a layer
     * without one, for an identity, and where several elements share a draw.
     *
     * @param key the key, as for {@code apply}
     * @param shape the shape of the input
     */
    default Optional<MaskDraws> mask(PrngKey key, Shape shape) {
        return Optional.empty();
    }

    /**
     * The shape of what the layer makes of an array.
     *
     * @throws IllegalArgumentException if it cannot be applied to an array of this shape
     */
    default Shape outputShape(Shape shape) {
        return shape;
    }

    /** Whether {@link #outputShape} of every shape is that shape itself. */
    default boolean keepsShape() {
        return true;
    }

    /**
     * The shape of what {@link #deterministic} makes of an array.
     *
     * @throws IllegalArgumentException if it cannot be applied to an array of this shape
     */
    default Shape deterministicShape(Shape shape) {
        return shape;
    }

    /**
     * How many elements of an array of a shape the layer drops on average; 0 for a layer that drops
     * none.
     */
    default double expectedDropped(Shape shape) {
        return 0;
    }

    /**
     * What Flax's layer returns when it is called with {@code deterministic=True}, which needs no
     * key: the input itself, unless the layer decides something in any case.
     *
     * @param x the elements in row-major order; they are not written to
     * @param shape the shape of x
     */
    default LayerOutput deterministic(float[] x, Shape shape) {
        shape.requireSizeOf(x);
        return new LayerOutput(x, shape, 0);
    }
}
