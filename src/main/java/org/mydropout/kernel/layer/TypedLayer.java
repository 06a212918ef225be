package org.mydropout.kernel.layer;

import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.PrngKey;

/**
 * A layer that is known to give JAX's bits for arrays of other types than float32, too. Whatever
 * the type, the draws are those for a float32 array.
 */
public interface TypedLayer extends Layer {

    /**
     * Refuses a type for which the layer, with its parameters, is not known to have JAX's bits, or
     * which JAX lacks under its configuration.
     *
     * @throws IllegalArgumentException if it is refused
     */
    void requireType(FloatType type);

    /**
     * Applies the layer.
     *
     * @param key as {@link #apply(PrngKey, float[], Shape)} has it
     * @param x values of the type, in row-major order; they are not written to
     * @param shape of x
     * @return a new array of values of the type, even if nothing changes
     * @throws IllegalArgumentException as {@link #requireType}, and if x has a value that the type
     *     does not, or not the size of the shape
     */
    TypedOutput apply(PrngKey key, double[] x, Shape shape, FloatType type);
}
