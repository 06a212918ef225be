package org.mydropout.kernel.math;

/** Converts arrays between float32 and float64. */
public final class FloatArrays {

    private FloatArrays() {}

    /** The same numbers as float64, in a new array. */
    public static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    /** The nearest float32 numbers, in a new array. */
    public static float[] narrowed(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }
}
