package org.mydropout.kernel.layer;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mydropout.kernel.random.JaxConfig;

/**
 * A type of layer. Options, SQL functions, provenance, explanations and Python programs are derived
 * from it. To add a layer, write its class with its type, and add the type to {@link #ALL}.
 *
 * @param name the name in an option, such as {@code gaussian-noise}
 * @param flaxName the class in Python, such as {@code GaussianNoise}, from which Flax names
 *     submodules
 * @param description a sentence
 * @param parameters the parameters, in the order in which they are shown
 * @param result what the layer makes of a vector, and its Python returns: a vector, or a tuple with
 *     the fields in which the vector, if there is one, stands first. With {@code
 *     deterministic=True}, fields may be None
 * @param nnxName the class in {@code flax.nnx} with the same parameters; empty if there is none
 * @param factory creates a layer from checked values
 * @param python the lines of the Flax module that defines the layer. Compiled by itself with {@code
 *     jax.jit}, it gives the layer's bits.
 */
public record LayerType(
        String name,
        String flaxName,
        String description,
        List<LayerParameter> parameters,
        LayerResult result,
        Optional<String> nnxName,
        BiFunction<LayerValues, JaxConfig, Layer> factory,
        String python) {

    /** All types, in the order in which they are shown. */
    public static final List<LayerType> ALL =
            new AbstractList<>() {
                @Override
                public LayerType get(int index) {
                    return Registered.TYPES.get(index);
                }

                @Override
                public int size() {
                    return Registered.TYPES.size();
                }
            };

    /** Apart, for a layer's class may be the first to be initialized, and makes a type itself. */
    private static final class Registered {

        private static final List<LayerType> TYPES =
                List.of(
                        Dropout.TYPE,
                        StochasticDepth.TYPE,
                        GaussianNoise.TYPE,
                        GaussianDropout.TYPE,
                        UniformNoise.TYPE,
                        Scale.TYPE,
                        Mask.TYPE,
                        Erase.TYPE,
                        Crop.TYPE,
                        Roll.TYPE,
                        Permute.TYPE,
                        Categorical.TYPE,
                        Mixup.TYPE);
    }

    /** The imports for the Python code of all types. */
    public static final String PYTHON_IMPORTS =
            """
            import flax.linen as nn
            import jax
            import jax.numpy as jnp
            """;

    /**
     * The function {@code apply_layer(make, key, x)}, which compiles one layer by itself. The
     * argument {@code make}, such as {@code lambda: Scale(stddev=0.1, name="Scale_1")}, creates the
     * layer inside a model, so that its name enters the key: Flax replaces the name of a module
     * that is an attribute of another module.
     */
    public static final String PYTHON_APPLY =
            """
            class Model(nn.Module):
                make: object

                @nn.compact
                def __call__(self, *inputs):
                    return self.make()(*inputs)


            def apply_layer(make, key, x, deterministic=False):
                apply = lambda key, x: Model(make).apply({}, x, deterministic, rngs={"dropout": key})
                return jax.jit(apply)(key, x)
            """;

    /** Copies the parameters. */
    public LayerType {
        parameters = List.copyOf(parameters);
    }

    /** A type of Linen layers that make a vector of a vector. */
    LayerType(
            String name,
            String flaxName,
            String description,
            List<LayerParameter> parameters,
            BiFunction<LayerValues, JaxConfig, Layer> factory,
            String python) {
        this(
                name,
                flaxName,
                description,
                parameters,
                LayerResult.VECTOR,
                Optional.empty(),
                factory,
                python);
    }

    /** Returns the type with this name. */
    public static Optional<LayerType> named(String name) {
        return ALL.stream().filter(type -> type.name.equals(name)).findFirst();
    }

    /**
     * Checks values and adds defaults for missing ones.
     *
     * @param given values by parameter name, with the Java types of {@link LayerParameter.Kind}
     * @throws IllegalArgumentException if a value is missing, unknown or against its rule
     */
    public LayerValues values(Map<String, ?> given) {
        Map<String, Object> values = new HashMap<>(given);
        for (LayerParameter parameter : parameters) {
            Object value = values.getOrDefault(parameter.name(), parameter.defaultValue());
            if (value == null) {
                throw new IllegalArgumentException(
                        "%s must be given for the layer %s.".formatted(parameter.name(), name));
            }
            values.put(parameter.name(), parameter.checked(value));
        }
        if (values.size() > parameters.size()) {
            throw new IllegalArgumentException(
                    "The parameters of the layer %s must be among %s, but are %s."
                            .formatted(name, names(), given.keySet().stream().sorted().toList()));
        }
        return new LayerValues(values);
    }

    /** The parameter that a reference set is given for. */
    public Optional<LayerParameter> reference() {
        return parameters.stream()
                .filter(parameter -> parameter.kind() == LayerParameter.Kind.REFERENCE)
                .findFirst();
    }

    private List<String> names() {
        return parameters.stream().map(LayerParameter::name).toList();
    }

    /**
     * Creates a layer.
     *
     * @param given values as for {@link #values}
     * @throws IllegalArgumentException as {@link #values}, or if values do not fit together
     */
    public Layer create(Map<String, ?> given, JaxConfig config) {
        return factory.apply(values(given), config);
    }

    /**
     * The Python expression that creates the layer, such as {@code GaussianNoise(stddev=0.1,
     * name="GaussianNoise_0")}.
     *
     * @param given values as for {@link #values}; a {@link LayerParameter.Kind#REFERENCE} is the
     *     variable {@link LayerParameter#pythonName}
     * @param more further arguments
     */
    public String pythonCall(Map<String, ?> given, String... more) {
        return call(flaxName, given, more);
    }

    /**
     * The Python expression that creates the layer of {@code flax.nnx}, such as {@code
     * nnx.Dropout(rate=0.1, rngs=rngs)}.
     *
     * @param given values as for {@link #values}
     * @param more further arguments
     * @throws java.util.NoSuchElementException if there is no such layer
     */
    public String nnxCall(Map<String, ?> given, String... more) {
        return call(nnxName.orElseThrow(), given, more);
    }

    private String call(String function, Map<String, ?> given, String... more) {
        LayerValues checked = values(given);
        return Stream.concat(
                        parameters.stream()
                                .map(
                                        parameter ->
                                                parameter.python(
                                                        checked.values().get(parameter.name()))),
                        Stream.of(more))
                .collect(Collectors.joining(", ", function + "(", ")"));
    }
}
