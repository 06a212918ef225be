package org.mydropout.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.YamlParserUtils;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.random.JaxConfig;

/** Reads {@link LayerOptions#LAYERS}, and keeps a sentence for each problem, with its place. */
final class LayersReader {

    static final String NAME = "name";
    static final String FLAVOR = "flavor";

    private static final String TYPE = "type";

    private static final String TYPES =
            LayerType.ALL.stream().map(LayerType::name).collect(Collectors.joining(", "));

    private final OptionReader options;
    private final JaxConfig jax;

    private final LayerNames names;

    LayersReader(OptionReader options, JaxConfig jax) {
        this.options = options;
        this.jax = jax;
        this.names = new LayerNames(options);
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
        if (entries.size() > 1) {
            layers.stream()
                    .filter(layer -> layer.flavor() == Flavor.RAW)
                    .findFirst()
                    .ifPresent(
                            layer ->
                                    options.problem(
                                            "%s must not have a layer with the flavor raw beside others, whose keys are folded from the one that it samples."
                                                    .formatted(LayerOptions.LAYERS.key())));
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
        Flavor flavor = flavor(place, type.get(), entry);
        String name = name(place, type.get(), flavor, entry.remove(NAME));
        Map<String, Object> values = new LayerReader(options, place, type.get()).values(entry);
        if (options.problems().size() > before) {
            return Optional.empty();
        }
        LayerConfig layer = new LayerConfig(typeName, flavor, name, values);
        try {
            names.writes(place, layer.create(jax).fieldNames());
            return Optional.of(layer);
        } catch (IllegalArgumentException e) {
            options.problem(place + "." + e.getMessage());
            return Optional.empty();
        }
    }

    /** Takes the flavor out of the entry; types without a class in NNX have no such option. */
    private Flavor flavor(String place, LayerType type, Map<String, String> entry) {
        String given = type.nnxName().isPresent() ? entry.remove(FLAVOR) : null;
        if (given == null) {
            return Flavor.LINEN;
        }
        Optional<Flavor> flavor =
                Stream.of(Flavor.values())
                        .filter(known -> known.name().equalsIgnoreCase(given))
                        .findFirst();
        if (flavor.isEmpty()) {
            options.problem(
                    "%s.%s must be %s, but is %s."
                            .formatted(
                                    place,
                                    FLAVOR,
                                    OptionReader.oneOf(Flavor.class),
                                    quoted(given)));
        }
        return flavor.orElse(Flavor.LINEN);
    }

    /** The name of the submodule; null for a flavor that has none. */
    @Nullable
    private String name(String place, LayerType type, Flavor flavor, @Nullable String given) {
        if (flavor != Flavor.LINEN) {
            if (given != null) {
                options.problem(
                        "%s.%s must not be set where its %s is %s, which has no module path, but is %s."
                                .formatted(place, NAME, FLAVOR, flavor, quoted(given)));
            }
            return null;
        }
        return names.name(place, type, given);
    }

    /**
     * The text of the option with the checksum of each reference set, so that it says what was
     * read; the same text where there is none, or where it cannot be read.
     */
    static String withChecksums(String text) {
        try {
            List<Object> layers = new ArrayList<>();
            boolean added = false;
            for (Object entry : YamlParserUtils.convertToObject(text, List.class)) {
                Map<String, Object> layer = new LinkedHashMap<>();
                ((Map<?, ?>) entry).forEach((key, value) -> layer.put(String.valueOf(key), value));
                Optional<Object> file =
                        LayerType.named(String.valueOf(layer.get(TYPE)))
                                .flatMap(LayerType::reference)
                                .map(parameter -> layer.get(parameter.name()));
                if (file.isPresent()) {
                    ReferenceFile reference = ReferenceFile.at(String.valueOf(file.get()));
                    layer.put(LayerReader.SHA256, reference.sha256());
                    added = true;
                }
                layers.add(layer);
            }
            return added ? YamlParserUtils.toYAMLString(layers) : text;
        } catch (IOException | RuntimeException e) { // whoever reads the option says so
            return text;
        }
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
