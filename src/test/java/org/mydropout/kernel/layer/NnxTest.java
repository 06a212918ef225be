package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.kernel.GoldenVectors.bits;
import static org.mydropout.kernel.GoldenVectors.floats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for layers of {@link org.mydropout.kernel.flax.Flavor#NNX}. */
class NnxTest {

    static Stream<JsonNode> equalsDropoutOfNnx() {
        return GoldenVectors.rows("nnx.json", "nnx");
    }

    /** Made by {@code nnx_rows} in {@code src/test/python/make_golden_layers.py}. */
    @ParameterizedTest
    @MethodSource
    void equalsDropoutOfNnx(JsonNode row) {
        JaxConfig config = GoldenVectors.config(row);
        List<KeyedLayer> layers = new ArrayList<>();
        for (JsonNode values : row.required("chain")) {
            layers.add(
                    KeyedLayer.nnx(
                            layers.size(),
                            Dropout.TYPE.create(GoldenLayers.values(values), config)));
        }
        RecordKeys keys =
                new RecordKeys(
                        PrngKey.of(row.required("seed").asLong(), config),
                        IdType.UINT32,
                        StepType.UINT32);
        Shape shape = GoldenLayers.shape(row.required("shape"));
        float[] x = GoldenLayers.input(row.required("input").asText(), shape.size(), 0);

        float[] y =
                new KeyedTransform(keys, layers)
                        .apply(row.required("id").asLong(), row.required("step").asLong(), x, shape)
                        .values();

        if (row.has("y")) {
            assertThat(bits(y)).isEqualTo(bits(floats(row.required("y"))));
        } else {
            assertThat(GoldenLayers.checksum(y)).isEqualTo(row.required("crc32").asText());
        }
    }
}
