package org.mydropout.flink;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.layer.Layer;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.PythonText;
import org.mydropout.kernel.random.JaxConfig;

/**
 * One of the {@link LayerOptions#LAYERS}, checked.
 *
 * @param type the name of its {@link LayerType}
 * @param flavor which JAX program draws
 * @param name the name of the submodule; null unless the flavor is {@link Flavor#LINEN}
 * @param values of all parameters, by name, of the types that LayerParameter.Kind tells; the file
 *     in the place of a reference set
 */
@PublicEvolving
public record LayerConfig(
        String type, Flavor flavor, @Nullable String name, Map<String, Object> values)
        implements Serializable {

    /** Copies the values. */
    public LayerConfig {
        Objects.requireNonNull(flavor, "flavor");
        values = Map.copyOf(values);
    }

    /** The type. */
    public LayerType layerType() {
        return LayerType.named(type).orElseThrow();
    }

    /**
     * The Python expression that makes the layer: with its name for {@link Flavor#LINEN}, and with
     * the streams {@code rngs} for {@link Flavor#NNX}.
     */
    public String pythonCall() {
        return switch (flavor) {
            case LINEN -> layerType().pythonCall(loaded(), "name=" + PythonText.quoted(name));
            case NNX -> layerType().nnxCall(loaded(), "rngs=rngs");
            case RAW -> layerType().nnxCall(loaded());
        };
    }

    /** The file of its reference set, if it has one. */
    public Optional<ReferenceFile> reference() {
        return values.values().stream()
                .filter(ReferenceFile.class::isInstance)
                .map(ReferenceFile.class::cast)
                .findFirst();
    }

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if values do not fit each other, or a file cannot be read
     */
    Layer create(JaxConfig config) {
        return layerType().create(loaded(), config);
    }

    private Map<String, Object> loaded() {
        Map<String, Object> loaded = new HashMap<>(values);
        loaded.replaceAll(
                (name, value) -> value instanceof ReferenceFile file ? file.set() : value);
        return loaded;
    }
}
