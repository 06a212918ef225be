package org.mydropout.flink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.mydropout.kernel.layer.LayerType;

/**
 * Names layers as Flax names submodules, and keeps a sentence for each problem. No two layers have
 * one name, or write one field.
 */
final class LayerNames {

    private final OptionReader options;

    /** How many layers of each class have been given a name by Flax. */
    private final Map<String, Integer> named = new HashMap<>();

    /** The place of each layer, by its name. */
    private final Map<String, String> places = new HashMap<>();

    /** The place of the layer that writes a field, by the field's name. */
    private final Map<String, String> fields = new HashMap<>();

    LayerNames(OptionReader options) {
        this.options = options;
    }

    /**
     * The name of a layer.
     *
     * @param place the layer in a sentence, such as {@code layers[0]}
     * @param given the name that overrides Flax's; layers that have one are not counted
     */
    String name(String place, LayerType type, @Nullable String given) {
        String name = given;
        if (name == null) {
            int number = named.merge(type.flaxName(), 1, Integer::sum) - 1;
            name = "%s_%d".formatted(type.flaxName(), number);
        } else if (name.isEmpty() || !ModuleNames.haveUtf8(name)) {
            options.problem(
                    "%s.name must be a text with a UTF-8 form, not empty, but is '%s'."
                            .formatted(place, name));
        }
        if (ModuleNames.areOfSelection(List.of(name), false)) {
            options.problem(
                    "%s.name must be %s, but is '%s'."
                            .formatted(place, ModuleNames.NOT_OF_SELECTION, name));
        }
        String other = places.putIfAbsent(name, place);
        if (other != null) {
            options.problem(
                    "%s.name must be another one than that of %s, but is '%s', too."
                            .formatted(place, other, name));
        }
        return name;
    }

    /** Says that a layer writes fields. */
    void writes(String place, List<String> names) {
        for (String field : names) {
            String other = fields.putIfAbsent(field, place);
            if (other != null) {
                options.problem(
                        "%s must not write the field %s, which %s writes, too."
                                .formatted(place, field, other));
            }
        }
    }
}
