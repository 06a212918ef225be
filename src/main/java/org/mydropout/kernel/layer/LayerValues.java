package org.mydropout.kernel.layer;

import java.util.Map;

/**
 * The checked values of all parameters of a layer type.
 *
 * @param values values by parameter name, with the Java types of {@link LayerParameter.Kind}
 */
public record LayerValues(Map<String, Object> values) {

    /** Copies the values. */
    public LayerValues {
        values = Map.copyOf(values);
    }

    double number(String name) {
        return (Double) values.get(name);
    }

    int integer(String name) {
        return (Integer) values.get(name);
    }

    int[] dimensions(String name) {
        return LayerParameter.dimensions(values.get(name));
    }

    String word(String name) {
        return (String) values.get(name);
    }

    ReferenceSet reference(String name) {
        return (ReferenceSet) values.get(name);
    }
}
