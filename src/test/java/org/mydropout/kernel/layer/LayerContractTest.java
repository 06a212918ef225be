package org.mydropout.kernel.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mydropout.kernel.GoldenVectors.bits;
import static org.mydropout.kernel.GoldenVectors.floats;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for every registered layer. */
class LayerContractTest {

    private static final PrngKey KEY = PrngKey.of(7);

    static Stream<JsonNode> equalsThePrintedPythonInJax() {
        return GoldenVectors.rows("layers.json", "layers");
    }

    @ParameterizedTest
    @MethodSource
    void equalsThePrintedPythonInJax(JsonNode row) {
        Shape shape = GoldenLayers.shape(row.required("shape"));
        float[] x = GoldenLayers.input(row.required("input").asText(), shape.size(), 0);
        Layer layer = GoldenLayers.layer(row);
        PrngKey key = GoldenLayers.key(layer, row.required("seed").asLong());
        LayerOutput output =
                layer.isIdentity() ? layer.deterministic(x, shape) : layer.apply(key, x, shape);
        assertThat(output.shape()).isEqualTo(GoldenLayers.shape(row.required("outputShape")));
        if (row.has("y")) {
            assertThat(bits(output.values())).isEqualTo(bits(floats(row.required("y"))));
        } else {
            assertThat(GoldenLayers.checksum(output.values()))
                    .isEqualTo(row.required("crc32").asText());
        }
    }

    @Test
    void hasVectorsOfEveryType() {
        assertThat(
                        GoldenVectors.rows("layers.json", "layers")
                                .map(row -> row.required("layer").asText())
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        LayerType.ALL.stream()
                                .filter(type -> !type.equals(Categorical.TYPE))
                                .map(LayerType::name)
                                .toList());
    }

    static Stream<LayerType> types() {
        return LayerType.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void takesVectorsOfAnySizeAndNeverWritesThem(LayerType type) {
        for (int n = type.equals(Categorical.TYPE) ? 1 : 0; n <= 300; n++) {
            float[] x = GoldenLayers.input("uniform", n, n);
            Layer layer = type.create(values(type, n), JaxConfig.DEFAULT);
            LayerOutput output = layer.apply(KEY, x, Shape.vector(n));
            assertThat(x).isEqualTo(GoldenLayers.input("uniform", n, n));
            assertThat(output.values()).isNotSameAs(x).hasSize(output.shape().size());
            assertThat(output.dropped()).isBetween(0L, (long) n);
            assertThat(layer.apply(KEY, x, Shape.vector(n)).values()).isEqualTo(output.values());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void passesTheInputItselfWhenDeterministic(LayerType type) {
        float[] x = GoldenLayers.input("uniform", 9, 0);
        LayerOutput output =
                type.create(values(type, 9), JaxConfig.DEFAULT).deterministic(x, Shape.vector(9));
        if (type.equals(Categorical.TYPE)) {
            assertThat(output.fields()).containsKeys("index", "log_probability");
        } else {
            assertThat(output.values()).isSameAs(x);
        }
    }

    static Stream<Arguments> needsNoKeyAtStrength0() {
        return Stream.of(
                arguments(Dropout.TYPE, Map.of("rate", 0.0)),
                arguments(StochasticDepth.TYPE, Map.of("rate", 0.0)),
                arguments(GaussianNoise.TYPE, Map.of("stddev", 0.0)),
                arguments(GaussianDropout.TYPE, Map.of("rate", 0.0)),
                arguments(UniformNoise.TYPE, Map.of("low", 0.0, "high", 0.0)),
                arguments(Scale.TYPE, Map.of("stddev", 0.0)),
                arguments(Mask.TYPE, Map.of("rate", 0.0)),
                arguments(Erase.TYPE, Map.of("size", List.of(0))),
                arguments(Roll.TYPE, Map.of("max-shift", List.of(0))));
    }

    @ParameterizedTest
    @MethodSource
    void needsNoKeyAtStrength0(LayerType type, Map<String, Object> values) {
        KeyedTransform transform =
                new KeyedTransform(
                        new RecordKeys(KEY, IdType.UINT32, StepType.UINT32),
                        List.of(
                                KeyedLayer.at(
                                        ModulePath.ROOT.child(type.flaxName() + "_0"),
                                        type.create(values, JaxConfig.DEFAULT))));
        float[] x = GoldenLayers.input("bits", 300, 0);
        assertThat(transform.isIdentity()).isTrue();
        assertThat(transform.apply(1, 2, x).values()).isSameAs(x);
    }

    /** An operator is sent the values, and makes the layer where it runs. */
    @ParameterizedTest
    @MethodSource("types")
    void isMadeAgainFromSerializedValues(LayerType type) {
        float[] x = GoldenLayers.input("uniform", 9, 0);
        HashMap<String, Object> values = new HashMap<>(values(type, 9));
        Object reference = values.remove("reference"); // read from its file where it is needed
        Map<String, Object> received = SerializationUtils.clone(values);
        if (reference != null) {
            received.put("reference", reference);
        }
        LayerOutput output =
                type.create(received, JaxConfig.DEFAULT).apply(KEY, x, Shape.vector(9));
        LayerOutput expected =
                type.create(values(type, 9), JaxConfig.DEFAULT).apply(KEY, x, Shape.vector(9));
        assertThat(output.values()).isEqualTo(expected.values());
        assertThat(output.fields()).isEqualTo(expected.fields());
    }

    @ParameterizedTest
    @MethodSource("types")
    void refusesWhatIsAgainstItsRules(LayerType type) {
        assertThatThrownBy(() -> type.values(Map.of("rat", 0.5)))
                .isInstanceOf(IllegalArgumentException.class);
        float[] x = new float[3];
        assertThatThrownBy(
                        () ->
                                type.create(values(type, 4), JaxConfig.DEFAULT)
                                        .apply(KEY, x, Shape.vector(4)))
                .hasMessage("An array of the shape 4 must have 4 elements, but has 3.");
        for (LayerParameter parameter : type.parameters()) {
            assertThatThrownBy(() -> parameter.parse("no"))
                    .hasMessage(
                            "%s must be %s, but is 'no'."
                                    .formatted(parameter.name(), parameter.rule()));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void definesInPythonWhatItsCallNames(LayerType type) {
        assertThat(type.python()).startsWith("class " + type.flaxName() + "(nn.Module):\n");
        assertThat(type.create(values(type, 4), JaxConfig.DEFAULT).flaxName())
                .isEqualTo(type.flaxName());
        String call = type.pythonCall(values(type, 4));
        assertThat(call).startsWith(type.flaxName() + "(").endsWith(")");
        for (LayerParameter parameter : type.parameters()) {
            String name = parameter.name().replace('-', '_');
            assertThat(type.python()).contains("    " + name + ": ");
            assertThat(call).contains(name + "=");
        }
    }

    /** The file that makes the golden vectors. */
    @Test
    void printsThePythonOfTheGoldenVectors() throws IOException {
        try (InputStream in = LayerContractTest.class.getResourceAsStream("/golden/layers.py")) {
            assertThat(PrintLayers.python()).isEqualTo(new String(in.readAllBytes(), UTF_8));
        }
    }

    /** Values for vectors of n elements with which the layer changes something. */
    private static Map<String, Object> values(LayerType type, int n) {
        List<Integer> size = List.of(Math.min(n, 3));
        return switch (type.name()) {
            case "dropout", "stochastic-depth", "gaussian-dropout", "mask" -> Map.of("rate", 0.5);
            case "gaussian-noise", "scale" -> Map.of("stddev", 0.5);
            case "uniform-noise" -> Map.of("low", -1.0, "high", 1.0);
            case "erase", "crop" -> Map.of("size", size);
            case "roll" -> Map.of("max-shift", List.of(2));
            case "permute", "categorical" -> Map.of();
            case "mixup" ->
                    Map.of(
                            "reference",
                            new ReferenceSet(
                                    List.of("a", "b"),
                                    IntStream.range(0, 2)
                                            .mapToObj(i -> GoldenLayers.input("uniform", n, i))
                                            .toList()));
            default -> throw new IllegalArgumentException(type.name());
        };
    }
}
