package org.mydropout.sql;

import java.io.Serializable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.RngOptions;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.LayerParameter.Kind;
import org.mydropout.kernel.layer.LayerResult;
import org.mydropout.kernel.layer.LayerType;

/**
 * What a function that applies layers is called with between the features and the seed, and how its
 * arguments become a transform.
 *
 * @param typeName the type of the one layer; null for AUGMENT, which is given a list
 */
@Internal
record LayerCall(@Nullable String typeName) implements Serializable {

    /** Takes a list of layers. */
    static final LayerCall AUGMENT = new LayerCall(null);

    /** Stands for the place of the one layer in a list. */
    private static final String FIRST = LayerOptions.LAYERS.key() + "[0].";

    /** The options of a call that are not of the layer. */
    private static final Set<String> RNG =
            RecordCall.names(
                    RngOptions.DETERMINISTIC,
                    RngOptions.ID_TYPE,
                    RngOptions.STEP_TYPE,
                    RngOptions.RNG_SEPARATOR,
                    RngOptions.PARTITIONABLE,
                    RngOptions.X64,
                    RngOptions.PROFILE);

    /** One for each type, and AUGMENT. */
    static Stream<LayerCall> all() {
        return Stream.concat(
                LayerType.ALL.stream().map(type -> new LayerCall(type.name())), Stream.of(AUGMENT));
    }

    /** The name in SQL. */
    String function() {
        return typeName == null ? "AUGMENT" : typeName.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The names of the arguments between features and seed. */
    List<String> positional() {
        return typeName == null
                ? List.of("layers")
                : arguments().map(LayerParameter::name).toList();
    }

    /** Whether the argument is a number; otherwise it is a string. */
    boolean isNumber(int position) {
        return typeName != null
                && arguments().skip(position).findFirst().orElseThrow().kind() == Kind.NUMBER;
    }

    /** Whether an argument is a file, so that a plan must know all but features, id and step. */
    boolean hasReference() {
        return type().flatMap(LayerType::reference).isPresent();
    }

    /** What the function gives. */
    LayerResult result() {
        return type().map(LayerType::result).orElse(LayerResult.VECTOR);
    }

    /**
     * Checks the arguments that rows usually share.
     *
     * @param given the arguments between features and seed: Doubles and Strings
     * @param options of the layer, of {@code rng}, and the shape
     * @param textIds whether ids are strings
     * @throws IllegalArgumentException with everything that is wrong
     */
    LayerPlan plan(List<?> given, long seed, Map<String, String> options, boolean textIds) {
        RecordCall.requireKnown(function(), options, known());
        Map<String, String> layer = new LinkedHashMap<>(options);
        layer.keySet().removeAll(RNG);
        Map<String, String> rng = new LinkedHashMap<>(options);
        rng.keySet().retainAll(RNG);
        Configuration configuration = RecordCall.configuration(seed, rng, textIds);
        String shape = layer.remove(LayerPlan.SHAPE);
        if (typeName == null) {
            configuration.setString(LayerOptions.LAYERS.key(), (String) given.get(0));
        } else {
            layer.put("type", typeName);
            for (int i = 0; i < given.size(); i++) {
                layer.put(positional().get(i), given.get(i).toString());
            }
            configuration.set(LayerOptions.LAYERS, List.of(layer));
        }
        DropoutConfig config = config(configuration);
        MyDropoutOptions.requireIdType(function(), config.idType(), textIds);
        List<String> fields = config.transform().fieldNames();
        if (!fields.equals(result().names())) {
            throw new IllegalArgumentException(
                    "The layers of %s must give a vector alone, but write %s beside it, too."
                            .formatted(function(), fields));
        }
        return new LayerPlan(config, shape);
    }

    /**
     * Refuses a shape of features that have one.
     *
     * @throws IllegalArgumentException if so
     */
    void requireOneShape(LayerPlan.Chain chain, FeaturesType features) {
        if (chain.shape().isPresent() && features.rank() > 1) {
            throw new IllegalArgumentException(
                    "The options of %s must not have 'shape' where the features are nested arrays: their lengths are the shape."
                            .formatted(function()));
        }
    }

    private DropoutConfig config(Configuration configuration) {
        try {
            return DropoutConfig.from(configuration);
        } catch (IllegalArgumentException e) {
            if (typeName == null) {
                throw e;
            }
            // Without its cause, which a planner would show in the place of this.
            throw new IllegalArgumentException(e.getMessage().replace(FIRST, function() + "."));
        }
    }

    private Optional<LayerType> type() {
        return Optional.ofNullable(typeName).flatMap(LayerType::named);
    }

    private Stream<LayerParameter> arguments() {
        return type().stream()
                .flatMap(type -> type.parameters().stream())
                .filter(LayerParameter::isArgument);
    }

    private Set<String> known() {
        Set<String> known = new HashSet<>(RNG);
        known.add(LayerPlan.SHAPE);
        type().ifPresent(type -> known.addAll(LayerOptions.names(type)));
        known.removeAll(positional());
        return known;
    }
}
