package org.mydropout.kernel.layer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a layer, or several one after the other, made of an array.
 *
 * @param values the elements in row-major order
 * @param shape of the values
 * @param dropped how many elements masks have dropped: of each layer from 0 to its input's size,
 *     added up
 * @param fields what is written beside the values, by the name of the field, such as the {@code
 *     index} that {@link Categorical} drew: Integers, Floats and Strings
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerOutput(float[] values, Shape shape, long dropped, Map<String, Object> fields) {

    /** An output with nothing beside the values. */
    public LayerOutput(float[] values, Shape shape, long dropped) {
        this(values, shape, dropped, Map.of());
    }

    /** The output of a layer that was given this output's values, with what this one has beside. */
    LayerOutput then(LayerOutput next) {
        Map<String, Object> all = fields;
        if (!next.fields.isEmpty()) {
            all = new LinkedHashMap<>(fields);
            all.putAll(next.fields);
        }
        return new LayerOutput(next.values, next.shape, dropped + next.dropped, all);
    }
}
