package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * The elements of a vector that was read, in row-major order.
 *
 * @param float32 the elements; none where they are of another type
 * @param typed the elements of another type than float32, as doubles; null for float32
 */
@SuppressWarnings("ArrayRecordComponent")
record Elements(float[] float32, @Nullable double[] typed) {

    private static final float[] NONE = {};

    static Elements of(float[] float32) {
        return new Elements(float32, null);
    }

    static Elements of(double[] typed) {
        return new Elements(NONE, typed);
    }
}
