package org.mydropout.kernel.layer;

import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.JaxConfig;

/** What layers do with arrays of other types than float32. */
final class TypedArrays {

    private TypedArrays() {}

    /**
     * Refuses what is no array of the type.
     *
     * @throws IllegalArgumentException if x has not the size of the shape or a value that the type
     *     does not have, or if JAX does not have the type
     */
    static void require(double[] x, Shape shape, FloatType type, JaxConfig config) {
        shape.requireSize(x.length);
        if (type == FloatType.FLOAT64 && !config.enableX64()) {
            throw new IllegalArgumentException(
                    "x64 must be true where the elements are float64, but is false.");
        }
        for (double element : x) {
            if (!type.has(element)) {
                throw new IllegalArgumentException(
                        "An element must be a value of the type %s, but is %s."
                                .formatted(type, element));
            }
        }
    }

    /** {@code x / keep} with a Python float, which takes the type of x. */
    static double scaled(double x, double keep, FloatType type) {
        double divisor = type.nearest(keep);
        return divisor == 1 ? x : type.divide(x, divisor);
    }
}
