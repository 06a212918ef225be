package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.PrngKey;

/**
 * A layer that draws: a pure function of a key and an array. Implementations are immutable and safe
 * for use by many threads.
 */
public interface Layer {

    /**
     * The name of the layer's class in Flax, from which Flax names a submodule: {@code MyDropout}
     * for {@code MyDropout_0}.
     */
    String flaxName();

    /** Whether the layer's strength is 0: it returns its input and needs no key. */
    boolean isIdentity();

    /**
     * Applies the layer.
     *
     * @param key sampled as it is, so it must not be split, folded or sampled elsewhere; it has no
     *     effect on an identity
     * @param x the elements in row-major order; they are not written to
     * @param shape of x
     * @return a new array, with its shape, even where nothing is changed
     * @throws IllegalArgumentException if x has not the size of the shape, or a shape that the
     *     layer cannot have
     */
    LayerOutput apply(PrngKey key, float[] x, Shape shape);

    /**
     * What Flax's layer returns when it is called with {@code deterministic=True}, which needs no
     * key: the input itself, unless the layer decides something in any case.
     *
     * @param x the elements in row-major order; they are not written to
     * @param shape of x
     */
    default LayerOutput deterministic(float[] x, Shape shape) {
        shape.requireSizeOf(x);
        return new LayerOutput(x, shape, 0);
    }
}
