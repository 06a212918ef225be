package org.mydropout.kernel.layer;

import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.JaxConfig;

/** Helpers of layers for arrays of types other than float32. */
final class TypedArrays {

    private TypedArrays() {}

    /**
     * Refuses an array that is not of the type.
     *
     * @throws IllegalArgumentException if the size of x is not that of the shape, if the type
     *     cannot represent a value, or if JAX lacks the type under this configuration
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
