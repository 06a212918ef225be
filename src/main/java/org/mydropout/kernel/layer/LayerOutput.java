package org.mydropout.kernel.layer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The output of a layer, or of several layers one after the other.
 *
 * @param values the elements in row-major order
 * @param shape the shape of the values
 * @param dropped the number of elements that masks dropped, summed over the layers; each layer
 *     drops from 0 to the size of its input
 * @param fields further fields of the output record by name, such as the {@code index} of {@link
 *     Categorical}: Integers, Floats and Strings
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerOutput(float[] values, Shape shape, long dropped, Map<String, Object> fields) {

    /** An output without further fields. */
    public LayerOutput(float[] values, Shape shape, long dropped) {
        this(values, shape, dropped, Map.of());
    }

    /**
     * Combines this output with that of the next layer, which had this output's values as its
     * input.
     */
    LayerOutput then(LayerOutput next) {
        Map<String, Object> all = fields;
        if (!next.fields.isEmpty()) {
            all = new LinkedHashMap<>(fields);
            all.putAll(next.fields);
        }
        return new LayerOutput(next.values, next.shape, dropped + next.dropped, all);
    }
}
