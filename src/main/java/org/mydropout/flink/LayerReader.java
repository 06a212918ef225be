package org.mydropout.flink;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.LayerType;

/** Reads the values of one layer's parameters, and keeps a sentence for each problem. */
final class LayerReader {

    /** The checksum that the file of a reference set must have. */
    static final String SHA256 = "sha256";

    private final OptionReader options;
    private final String place;
    private final LayerType type;

    /** The parameters whose values are texts. */
    private final Map<String, LayerParameter> written = new LinkedHashMap<>();

    /**
     * Reads a layer of a type.
     *
     * @param place the layer in a sentence, such as {@code layers[0]}
     */
    LayerReader(OptionReader options, String place, LayerType type) {
        this.options = options;
        this.place = place;
        this.type = type;
        type.parameters().forEach(parameter -> written.put(parameter.name(), parameter));
        type.reference().ifPresent(parameter -> written.remove(parameter.name()));
    }

    /**
     * The values that nothing is wrong with, with defaults for missing ones.
     *
     * @param entry texts by parameter name
     */
    Map<String, Object> values(Map<String, String> entry) {
        Map<String, String> rest = new LinkedHashMap<>(entry);
        Map<String, Object> values = new HashMap<>();
        type.reference()
                .ifPresent(
                        parameter ->
                                reference(parameter, rest)
                                        .ifPresent(file -> values.put(parameter.name(), file)));
        rest.forEach(
                (name, text) -> {
                    if (written.containsKey(name)) {
                        parse(written.get(name), text).ifPresent(value -> values.put(name, value));
                    } else {
                        options.problem(unknown(name));
                    }
                });
        for (LayerParameter parameter : written.values()) {
            if (parameter.required() && !rest.containsKey(parameter.name())) {
                options.problem(
                        "%s.%s must be set to %s."
                                .formatted(place, parameter.name(), parameter.rule()));
            } else if (!parameter.required()) {
                values.putIfAbsent(parameter.name(), parameter.defaultValue());
            }
        }
        return values;
    }

    /** Reads the file that a parameter names, and takes what is said of it out of the entry. */
    private Optional<ReferenceFile> reference(LayerParameter parameter, Map<String, String> entry) {
        String path = entry.remove(parameter.name());
        String sha256 = entry.remove(SHA256);
        if (path == null) {
            options.problem(
                    "%s.%s must be set to a file of JSON lines with id and features."
                            .formatted(place, parameter.name()));
            return Optional.empty();
        }
        try {
            ReferenceFile file = ReferenceFile.at(path);
            if (sha256 != null && !sha256.equalsIgnoreCase(file.sha256())) {
                options.problem(
                        "%s.%s must be that of its %s, %s, but is '%s'."
                                .formatted(place, SHA256, parameter.name(), file.sha256(), sha256));
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (IOException | IllegalArgumentException e) {
            options.problem(
                    "%s.%s must be a file of at most %d bytes that can be read, but is '%s': %s"
                            .formatted(
                                    place,
                                    parameter.name(),
                                    ReferenceFile.MAX_SIZE,
                                    path,
                                    e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Object> parse(LayerParameter parameter, String text) {
        try {
            return Optional.of(parameter.parse(text));
        } catch (IllegalArgumentException e) {
            options.problem(place + "." + e.getMessage());
            return Optional.empty();
        }
    }

    private String unknown(String name) {
        return "%s.%s is not an option of %s; the nearest that is one is %s."
                .formatted(
                        place,
                        name,
                        type.name(),
                        OptionReader.nearest(name, LayerOptions.names(type)));
    }
}
