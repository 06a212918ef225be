package org.mydropout.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.YamlParserUtils;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.random.JaxConfig;

/** Reads {@link LayerOptions#LAYERS}, and keeps a sentence for each problem, with its place. */
final class LayersReader {

    private static final String TYPE = "type";
    private static final String NAME = "name";

    /** The checksum of the file of a reference set. */
    private static final String SHA256 = "sha256";

    private static final String TYPES =
            LayerType.ALL.stream().map(LayerType::name).collect(Collectors.joining(", "));

    private final OptionReader options;
    private final JaxConfig jax;

    /** How many layers of each class have been given a name by Flax. */
    private final Map<String, Integer> named = new HashMap<>();

    /** The place of each layer, by its name. */
    private final Map<String, String> places = new HashMap<>();

    /** The place of the layer that writes a field, by the field's name. */
    private final Map<String, String> fields = new HashMap<>();

    LayersReader(OptionReader options, JaxConfig jax) {
        this.options = options;
        this.jax = jax;
    }

    /** The layers that nothing is wrong with; empty if the option is not set. */
    Optional<List<LayerConfig>> read() {
        String text = options.toMap().get(LayerOptions.LAYERS.key());
        if (text == null) {
            return Optional.empty();
        }
        List<LayerConfig> layers = new ArrayList<>();
        List<?> entries = entries(text);
        for (int i = 0; i < entries.size(); i++) {
            String place = "%s[%d]".formatted(LayerOptions.LAYERS.key(), i);
            if (entries.get(i) instanceof Map<?, ?> entry) {
                if (hasValues(place, entry)) {
                    layer(place, texts(entry)).ifPresent(layers::add);
                }
            } else {
                options.problem(
                        "%s must be a map with a type, but is %s."
                                .formatted(place, quoted(entries.get(i))));
            }
        }
        return Optional.of(List.copyOf(layers));
    }

    private boolean hasValues(String place, Map<?, ?> entry) {
        entry.forEach(
                (key, value) -> {
                    if (value == null) {
                        options.problem(
                                "%s.%s must have a value, but is null.".formatted(place, key));
                    }
                });
        return !entry.containsValue(null);
    }

    private List<?> entries(String text) {
        List<?> entries;
        try {
            entries = YamlParserUtils.convertToObject(text, List.class);
        } catch (RuntimeException e) { // anything the parser throws is about the text
            entries = null;
        }
        if (entries == null) { // also for a text that is empty to YAML, such as a comment
            options.mustBe(
                    LayerOptions.LAYERS,
                    "a list of maps, such as [{type: dropout, rate: 0.1}]",
                    quoted(text));
            return List.of();
        }
        return entries;
    }

    private Optional<LayerConfig> layer(String place, Map<String, String> entry) {
        String typeName = entry.remove(TYPE);
        Optional<LayerType> type = Optional.ofNullable(typeName).flatMap(LayerType::named);
        if (typeName == null) {
            options.problem("%s.type must be set to one of %s.".formatted(place, TYPES));
            return Optional.empty();
        }
        if (type.isEmpty()) {
            options.problem(
                    "%s.type must be one of %s, but is %s; the nearest is %s."
                            .formatted(place, TYPES, quoted(typeName), nearestType(typeName)));
            return Optional.empty();
        }
        int before = options.problems().size();
        String name = name(place, type.get(), entry.remove(NAME));
        Map<String, Object> values = values(place, type.get(), entry);
        if (options.problems().size() > before) {
            return Optional.empty();
        }
        LayerConfig layer = new LayerConfig(typeName, name, values);
        try {
            for (String field : layer.create(jax).fieldNames()) {
                String other = fields.putIfAbsent(field, place);
                if (other != null) {
                    options.problem(
                            "%s must not write the field %s, which %s writes, too."
                                    .formatted(place, field, other));
                }
            }
            return Optional.of(layer);
        } catch (IllegalArgumentException e) {
            options.problem(place + "." + e.getMessage());
            return Optional.empty();
        }
    }

    /** As Flax names a submodule: layers that are given a name are not counted. */
    private String name(String place, LayerType type, String given) {
        String name = given;
        if (name == null) {
            int number = named.merge(type.flaxName(), 1, Integer::sum) - 1;
            name = "%s_%d".formatted(type.flaxName(), number);
        } else if (name.isEmpty() || !ModuleNames.haveUtf8(name)) {
            options.problem(
                    "%s.name must be a text with a UTF-8 form, not empty, but is %s."
                            .formatted(place, quoted(name)));
        }
        if (ModuleNames.areOfSelection(List.of(name), false)) {
            options.problem(
                    "%s.name must be %s, but is %s."
                            .formatted(place, ModuleNames.NOT_OF_SELECTION, quoted(name)));
        }
        String other = places.putIfAbsent(name, place);
        if (other != null) {
            options.problem(
                    "%s.name must be another one than that of %s, but is %s, too."
                            .formatted(place, other, quoted(name)));
        }
        return name;
    }

    private Map<String, Object> values(String place, LayerType type, Map<String, String> entry) {
        Map<String, LayerParameter> known = new LinkedHashMap<>();
        type.parameters().forEach(parameter -> known.put(parameter.name(), parameter));
        Map<String, Object> values = new HashMap<>();
        Optional<LayerParameter> reference =
                known.values().stream().filter(LayersReader::isReference).findFirst();
        if (reference.isPresent()) {
            String file = entry.remove(reference.get().name());
            String sha256 = entry.remove(SHA256);
            if (file == null) {
                options.problem(
                        "%s.%s must be set to a file of JSON lines with id and features."
                                .formatted(place, reference.get().name()));
            } else {
                reference(place, file, sha256)
                        .ifPresent(found -> values.put(reference.get().name(), found));
            }
            known.remove(reference.get().name());
        }
        entry.forEach(
                (key, text) -> {
                    if (known.containsKey(key)) {
                        parse(place, known.get(key), text)
                                .ifPresent(value -> values.put(key, value));
                    } else {
                        options.problem(unknown(place, type, key, known));
                    }
                });
        for (LayerParameter parameter : known.values()) {
            if (parameter.required() && !entry.containsKey(parameter.name())) {
                options.problem(
                        "%s.%s must be set to %s."
                                .formatted(place, parameter.name(), parameter.rule()));
            } else if (!parameter.required()) {
                values.putIfAbsent(parameter.name(), parameter.defaultValue());
            }
        }
        return values;
    }

    private static boolean isReference(LayerParameter parameter) {
        return parameter.kind() == LayerParameter.Kind.REFERENCE;
    }

    private Optional<ReferenceFile> reference(String place, String path, String sha256) {
        try {
            ReferenceFile file = ReferenceFile.at(path);
            if (sha256 != null && !sha256.equals(file.sha256())) {
                options.problem(
                        "%s.%s must be that of its reference, %s, but is %s."
                                .formatted(place, SHA256, file.sha256(), quoted(sha256)));
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (IOException | IllegalArgumentException e) {
            options.problem(
                    "%s.reference must be a file of at most %d bytes that can be read, but is %s: %s"
                            .formatted(
                                    place, ReferenceFile.MAX_SIZE, quoted(path), e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * The text of the option with the checksum of each reference set, so that it says what was
     * read; the same text where there is none, or where it cannot be read.
     */
    static String withChecksums(String text) {
        if (!text.contains("reference")) {
            return text;
        }
        try {
            List<Object> layers = new ArrayList<>();
            for (Object entry : YamlParserUtils.convertToObject(text, List.class)) {
                Map<String, Object> layer = new LinkedHashMap<>();
                ((Map<?, ?>) entry).forEach((key, value) -> layer.put(String.valueOf(key), value));
                if (layer.containsKey("reference")) {
                    layer.put(
                            SHA256,
                            ReferenceFile.at(String.valueOf(layer.get("reference"))).sha256());
                }
                layers.add(layer);
            }
            return YamlParserUtils.toYAMLString(layers);
        } catch (IOException | RuntimeException e) { // whoever reads the option says so
            return text;
        }
    }

    private Optional<Object> parse(String place, LayerParameter parameter, String text) {
        try {
            return Optional.of(parameter.parse(text));
        } catch (IllegalArgumentException e) {
            options.problem(place + "." + e.getMessage());
            return Optional.empty();
        }
    }

    private static String unknown(
            String place, LayerType type, String key, Map<String, LayerParameter> known) {
        TreeSet<String> names = new TreeSet<>(known.keySet());
        names.add(NAME);
        if (type.parameters().stream().anyMatch(LayersReader::isReference)) {
            names.add("reference");
            names.add(SHA256);
        }
        return "%s.%s is not an option of %s; the nearest that is one is %s."
                .formatted(place, key, type.name(), OptionReader.nearest(key, names));
    }

    private static String nearestType(String name) {
        return OptionReader.nearest(name, LayerType.ALL.stream().map(LayerType::name).toList());
    }

    private static Map<String, String> texts(Map<?, ?> entry) {
        Map<String, String> texts = new LinkedHashMap<>();
        entry.forEach((key, value) -> texts.put(String.valueOf(key), text(value)));
        return texts;
    }

    /** The text of a value; of a list of numbers as a shape is written, 28x28. */
    static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("x"))
                : String.valueOf(value);
    }

    private static String quoted(Object value) {
        return "'" + value + "'";
    }
}
