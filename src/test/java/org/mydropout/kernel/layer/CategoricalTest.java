package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link Categorical}. */
class CategoricalTest {

    static Stream<JsonNode> drawsAsThePrintedPythonInJax() {
        return GoldenVectors.rows("layers.json", "categorical");
    }

    @ParameterizedTest
    @MethodSource
    void drawsAsThePrintedPythonInJax(JsonNode row) {
        int n = row.required("n").asInt();
        int draws = row.required("draws").asInt();
        Layer layer =
                Categorical.TYPE.create(
                        GoldenLayers.values(row.required("values")), GoldenVectors.config(row));
        int[] indices = new int[draws];
        float[] logProbabilities = new float[draws];
        for (int i = 0; i < draws; i++) {
            float[] logits = GoldenLayers.input("logits", n, (long) i * n);
            LayerOutput output = layer.apply(GoldenLayers.key(layer, i), logits, Shape.vector(n));
            indices[i] = (Integer) output.fields().get("index");
            logProbabilities[i] = (Float) output.fields().get("log_probability");
        }
        assertThat(indices[0]).isEqualTo(row.required("first").get(0).asInt());
        assertThat(logProbabilities[0])
                .isEqualTo(GoldenVectors.number(row.required("first").get(1)));
        assertThat(GoldenLayers.checksum(indices)).isEqualTo(row.required("indices").asText());
        assertThat(GoldenLayers.checksum(logProbabilities))
                .isEqualTo(row.required("logProbabilities").asText());
    }

    static Stream<JsonNode> takesTheGreatestLogitWhenDeterministic() {
        return GoldenVectors.rows("layers.json", "greedy");
    }

    @ParameterizedTest
    @MethodSource
    void takesTheGreatestLogitWhenDeterministic(JsonNode row) {
        int n = row.required("n").asInt();
        LayerOutput output =
                new Categorical(0.5, 3, 0.5, JaxConfig.DEFAULT)
                        .deterministic(GoldenLayers.input("logits", n, 0), Shape.vector(n));
        assertThat(output.fields())
                .containsEntry("index", row.required("index").asInt())
                .containsEntry(
                        "log_probability", GoldenVectors.number(row.required("logProbability")));
    }

    static Stream<Arguments> refusesLogitsWithoutADistribution() {
        float infinity = Float.POSITIVE_INFINITY;
        return Stream.of(
                arguments(
                        new float[] {},
                        "Logits must be a vector of at least one number, but have the shape 0."),
                arguments(
                        new float[] {1, Float.NaN},
                        "Logits must be finite or -Infinity, but element 1 is NaN."),
                arguments(
                        new float[] {infinity, 1},
                        "Logits must be finite or -Infinity, but element 0 is Infinity."),
                arguments(
                        new float[] {-infinity, -infinity},
                        "Logits must have an element that is finite, but all 2 are -Infinity."));
    }

    @ParameterizedTest
    @MethodSource
    void refusesLogitsWithoutADistribution(float[] logits, String problem) {
        Categorical layer = new Categorical(1, 0, 1, JaxConfig.DEFAULT);
        assertThatThrownBy(() -> layer.apply(PrngKey.of(0), logits, Shape.vector(logits.length)))
                .hasMessage(problem);
    }
}
