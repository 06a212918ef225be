package org.mydropout.kernel.layer;

import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.JaxConfig;

/** Arithmetic of layers on arrays of types other than float32. */
public final class TypedArrays {

    private TypedArrays() {}

    /**
     * The value of a type that JAX, and NumPy with ml_dtypes, make of a Python float: the nearest
     * one, but of bfloat16 that which is nearest to the nearest float32. So {@code 1.00390626}, a
     * little above the middle between two bfloat16, becomes 1.0.
     */
    public static double ofPythonFloat(double x, FloatType type) {
        return type.nearest(type == FloatType.BFLOAT16 ? (float) x : x);
    }

    /** Refuses a type that JAX lacks under a configuration. */
    static void requireType(FloatType type, JaxConfig config) {
        if (type == FloatType.FLOAT64 && !config.enableX64()) {
            throw new IllegalArgumentException(
                    "x64 must be true where the elements are float64, but is false.");
        }
    }

    /**
     * Refuses an array that is not of the type.
     *
     * @throws IllegalArgumentException if the size of x is not that of the shape, or if the type
     *     cannot represent a value
     */
    static void requireValues(double[] x, Shape shape, FloatType type) {
        shape.requireSize(x.length);
        for (double element : x) {
            if (!type.has(element)) {
                throw new IllegalArgumentException(
                        "An element must be a value of the type %s, but is %s."
                                .formatted(type, element));
            }
        }
    }

    /**
     * {@code where(kept, x / keep, 0)}.
     *
     * @param kept for each element whether it is kept
     * @param keep a Python float, which takes the type of x
     */
    static TypedOutput dropped(
            double[] x,
            boolean[] kept,
            double keep,
            FloatType type,
            Scaling scaling,
            Subnormals subnormals) {
        double divisor = ofPythonFloat(keep, type);
        double[] out = new double[x.length];
        int dropped = x.length;
        for (int i = 0; i < x.length; i++) {
            if (kept[i]) {
                out[i] = scaled(x[i], divisor, type, scaling, subnormals);
                dropped--;
            }
        }
        return new TypedOutput(out, dropped);
    }

    /**
     * An element divided by a value of its type from 0 to 1. It only grows, so that no subnormal
     * number comes of a normal one.
     */
    private static double scaled(
            double x, double divisor, FloatType type, Scaling scaling, Subnormals subnormals) {
        if (divisor == 1) {
            return x; // XLA removes a division by 1, and with it the flushing
        }
        double in = subnormals == Subnormals.FLUSH ? flushed(x, type) : x;
        boolean divides = scaling == Scaling.DIVIDE;
        return switch (type) {
            case FLOAT64 -> divides ? in / divisor : in * (1 / divisor);
            case BFLOAT16 -> {
                float keep = (float) divisor;
                yield type.nearest(divides ? (float) in / keep : (float) in * (1f / keep));
            }
            case FLOAT16 -> type.nearest(divides ? in / divisor : in * type.nearest(1 / divisor));
        };
    }

    /** XLA computes float16 in float32, where its subnormal numbers are normal. */
    private static double flushed(double x, FloatType type) {
        double least =
                switch (type) {
                    case FLOAT64 -> Double.MIN_NORMAL;
                    case BFLOAT16 -> Float.MIN_NORMAL;
                    case FLOAT16 -> 0;
                };
        return Math.abs(x) < least ? Math.copySign(0, x) : x;
    }
}
