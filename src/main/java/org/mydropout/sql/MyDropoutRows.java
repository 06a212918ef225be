package org.mydropout.sql;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.KeyedTransform;

/** Reads the arguments of a call from row to row: the vector, and what is drawn for it. */
@Internal
final class MyDropoutRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final VectorElement element;
    @Nullable private transient Shared last;

    /** For calls with vectors of this element type. */
    MyDropoutRows(VectorElement element) {
        this.element = element;
    }

    /** For a call that is being planned; a vector that is NULL may have any type. */
    static MyDropoutRows of(SpecializedContext call) {
        return new MyDropoutRows(
                VectorElement.of(
                                call.getCallContext()
                                        .getArgumentDataTypes()
                                        .get(0)
                                        .getLogicalType())
                        .orElse(VectorElement.FLOAT));
    }

    /**
     * The transform of the previous row if rate, seed and options are equal, as they usually are.
     */
    KeyedTransform transform(double rate, long seed, @Nullable MapData map, boolean textIds) {
        Map<String, String> options = strings(map);
        if (last == null || !last.isFor(rate, seed, options)) {
            try {
                last =
                        new Shared(
                                rate,
                                seed,
                                options,
                                MyDropoutOptions.of(rate, seed, options, textIds).transform());
            } catch (IllegalArgumentException e) {
                throw new RefusedRecordException(e.getMessage(), e);
            }
        }
        return last.transform;
    }

    /**
     * The elements as float32.
     *
     * @throws RefusedRecordException if an element is NULL or does not fit
     */
    float[] vector(ArrayData features, Object id, long step) {
        for (int i = 0; i < features.size(); i++) {
            if (features.isNullAt(i)) {
                throw new RefusedRecordException(
                        ("The features of MYDROPOUT must not have NULL elements, but element %d of"
                                        + " id %s and step %d is NULL.")
                                .formatted(i, id, step));
            }
        }
        // GenericArrayData.toFloatArray() wants a Float[], but Flink's Parquet reader has Object[].
        boolean isBoxed =
                features instanceof GenericArrayData generic && !generic.isPrimitiveArray();
        return element == VectorElement.FLOAT && !isBoxed
                ? features.toFloatArray()
                : converted(features, id, step);
    }

    private float[] converted(ArrayData features, Object id, long step) {
        float[] values = new float[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.get(features, i);
            if (element == VectorElement.DOUBLE
                    && Float.isInfinite(values[i])
                    && !Double.isInfinite(features.getDouble(i))) {
                throw new RefusedRecordException(
                        ("The features of MYDROPOUT must fit float32, at most 3.4028235E38 in size,"
                                        + " but element %d of id %s and step %d is %s.")
                                .formatted(i, id, step, features.getDouble(i)));
            }
        }
        return values;
    }

    private static Map<String, String> strings(@Nullable MapData options) {
        if (options == null) {
            return Map.of();
        }
        ArrayData names = options.keyArray();
        ArrayData values = options.valueArray();
        Map<String, String> strings = new HashMap<>();
        for (int i = 0; i < options.size(); i++) {
            strings.put(string(names, i), string(values, i));
        }
        return strings;
    }

    @Nullable
    private static String string(ArrayData strings, int index) {
        return strings.isNullAt(index) ? null : strings.getString(index).toString();
    }

    /** The transform for the arguments that rows usually share. */
    private record Shared(
            double rate, long seed, Map<String, String> options, KeyedTransform transform) {

        boolean isFor(double otherRate, long otherSeed, Map<String, String> otherOptions) {
            return rate == otherRate && seed == otherSeed && options.equals(otherOptions);
        }
    }
}
