package org.mydropout.sql;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.Shape;

/** Reads the features of one row, each element as its nearest float32. */
@Internal
final class FeaturesReader {

    private static final int UNKNOWN = -1;

    /**
     * Features.
     *
     * @param values the elements in row-major order; they may be those of the row itself
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Features(float[] values, Shape shape) {}

    private final String function;
    private final FeaturesType type;
    private final Object id;
    private final long step;

    /** The lengths of the arrays at each depth, which the first one gives. */
    private final int[] lengths;

    /** The index at each depth of the array or element that is looked at. */
    private final int[] path;

    private float[] values;
    private int filled;

    private FeaturesReader(String function, FeaturesType type, Object id, long step) {
        this.function = function;
        this.type = type;
        this.id = id;
        this.step = step;
        this.lengths = new int[type.rank()];
        this.path = new int[type.rank()];
    }

    /**
     * Reads features.
     *
     * @param function the name of the function in messages
     * @param id the id of the row, for messages, as its step
     * @throws RefusedRecordException if an array or element is NULL, if arrays of one depth differ
     *     in length, or if a DOUBLE does not fit float32
     */
    static Features read(
            String function, FeaturesType type, ArrayData features, Object id, long step) {
        return new FeaturesReader(function, type, id, step).read(features);
    }

    private Features read(ArrayData features) {
        Arrays.fill(lengths, UNKNOWN);
        checkLengths(features, 0);
        for (int depth = 0; depth < lengths.length; depth++) {
            lengths[depth] = Math.max(lengths[depth], 0);
        }
        try {
            Shape shape = Shape.of(lengths);
            if (type.rank() == 1 && type.element() == VectorElement.FLOAT) {
                return new Features(vector(features), shape);
            }
            values = new float[shape.size()];
            copy(features, 0);
            return new Features(values, shape);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    /** Before memory is allocated for all elements. */
    private void checkLengths(ArrayData array, int depth) {
        if (lengths[depth] == UNKNOWN) {
            lengths[depth] = array.size();
        }
        if (lengths[depth] != array.size()) {
            throw new RefusedRecordException(
                    ("The features of %s must be nested arrays of one length at each depth, but array"
                                    + " %s of id %s and step %d has %d elements, and an earlier one"
                                    + " has %d.")
                            .formatted(
                                    function,
                                    place(depth),
                                    id,
                                    step,
                                    array.size(),
                                    lengths[depth]));
        }
        if (depth == type.rank() - 1) {
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            path[depth] = i;
            requireValue(array, depth);
            checkLengths(array.getArray(i), depth + 1);
        }
    }

    private void copy(ArrayData array, int depth) {
        for (int i = 0; i < array.size(); i++) {
            path[depth] = i;
            if (depth < type.rank() - 1) {
                copy(array.getArray(i), depth + 1);
            } else {
                requireValue(array, depth);
                values[filled] = element(array, i);
                filled++;
            }
        }
    }

    private float element(ArrayData array, int index) {
        float value = type.element().get(array, index);
        if (type.element() == VectorElement.DOUBLE
                && Float.isInfinite(value)
                && !Double.isInfinite(array.getDouble(index))) {
            throw new RefusedRecordException(
                    ("The features of %s must fit float32, at most 3.4028235E38 in size, but element"
                                    + " %s of id %s and step %d is %s.")
                            .formatted(
                                    function,
                                    place(type.rank()),
                                    id,
                                    step,
                                    array.getDouble(index)));
        }
        return value;
    }

    private float[] vector(ArrayData features) {
        for (int i = 0; i < features.size(); i++) {
            path[0] = i;
            requireValue(features, 0);
        }
        return features instanceof GenericArrayData generic && !generic.isPrimitiveArray()
                ? unboxed(generic)
                : features.toFloatArray();
    }

    /**
     * GenericArrayData.toFloatArray() needs a Float[], but Flink's Parquet reader gives an
     * Object[].
     */
    private static float[] unboxed(GenericArrayData features) {
        float[] unboxed = new float[features.size()];
        for (int i = 0; i < unboxed.length; i++) {
            unboxed[i] = features.getFloat(i);
        }
        return unboxed;
    }

    private void requireValue(ArrayData array, int depth) {
        if (array.isNullAt(path[depth])) {
            throw new RefusedRecordException(
                    ("The features of %s must not have NULL elements, but element %s of id %s and"
                                    + " step %d is NULL.")
                            .formatted(function, place(depth + 1), id, step));
        }
    }

    /** The indices down to a depth: {@code 3} in a vector, {@code [3][0]} in nested arrays. */
    private String place(int depth) {
        return type.rank() == 1
                ? Integer.toString(path[0])
                : Arrays.stream(path, 0, depth)
                        .mapToObj("[%d]"::formatted)
                        .collect(Collectors.joining());
    }
}
