package org.mydropout.sql;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.MapData;
import org.mydropout.flink.RefusedRecordException;

/** Reads Flink's internal arrays and maps. */
@Internal
final class SqlValues {

    private SqlValues() {}

    /**
     * The elements of a vector; they may be those of the array itself.
     *
     * @throws RefusedRecordException if one is NULL
     */
    static float[] vector(String function, ArrayData features, Object id, long step) {
        requireElements(function, features, id, step);
        return features instanceof GenericArrayData generic && !generic.isPrimitiveArray()
                ? unboxed(generic)
                : features.toFloatArray();
    }

    /**
     * Refuses a vector with NULL elements.
     *
     * @throws RefusedRecordException if one is NULL
     */
    static void requireElements(String function, ArrayData features, Object id, long step) {
        for (int i = 0; i < features.size(); i++) {
            if (features.isNullAt(i)) {
                throw new RefusedRecordException(
                        ("The features of %s must not have NULL elements, but element %d of"
                                        + " id %s and step %d is NULL.")
                                .formatted(function, i, id, step));
            }
        }
    }

    /**
     * GenericArrayData.toFloatArray() needs a Float[], but Flink's Parquet reader gives an
     * Object[].
     */
    private static float[] unboxed(GenericArrayData features) {
        float[] values = new float[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.getFloat(i);
        }
        return values;
    }

    /** A map of strings, with null for NULL; empty if there is none. */
    static Map<String, String> strings(@Nullable MapData options) {
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
}
