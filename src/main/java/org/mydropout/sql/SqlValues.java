package org.mydropout.sql;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** Reads Flink's internal maps. */
@Internal
final class SqlValues {

    private SqlValues() {}

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
