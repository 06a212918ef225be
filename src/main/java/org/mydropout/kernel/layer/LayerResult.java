package org.mydropout.kernel.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a layer makes of a vector.
 *
 * @param hasVector whether a vector is left of it; otherwise it is empty afterwards
 * @param fields what it gives beside the vector, in order
 */
public record LayerResult(boolean hasVector, List<LayerField> fields) {

    /** A vector alone. */
    public static final LayerResult VECTOR = new LayerResult(true, List.of());

    /** Copies the fields. */
    public LayerResult {
        fields = List.copyOf(fields);
    }

    /** The names of the fields. */
    public List<String> names() {
        return fields.stream().map(LayerField::name).toList();
    }

    /**
     * The targets of an assignment of what the layer's Python returns.
     *
     * @param vector the variable for the vector
     */
    public String pythonTargets(String vector) {
        List<String> targets = new ArrayList<>(names());
        if (hasVector) {
            targets.add(0, vector);
        }
        return String.join(", ", targets);
    }
}
