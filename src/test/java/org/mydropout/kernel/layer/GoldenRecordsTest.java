package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.kernel.GoldenVectors.bits;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link KeyedTransform} from seed, id and step to Flax's vector. */
class GoldenRecordsTest {

    static Stream<JsonNode> equalsFlaxOnEveryRecord() {
        return GoldenVectors.rows("records.json", "cases");
    }

    @ParameterizedTest
    @MethodSource
    void equalsFlaxOnEveryRecord(JsonNode golden) {
        JsonNode options = golden.required("options");
        KeyedTransform transform = transform(options);
        boolean stringIds = options.required("id-type").asText().equals("string");
        for (JsonNode record : golden.required("records")) {
            String id = record.required("id").asText();
            long step = new BigInteger(record.required("step").asText()).longValue();
            float[] x = GoldenVectors.floats(record.required("x"));
            LayerOutput output =
                    stringIds
                            ? transform.apply(id, step, x)
                            : transform.apply(new BigInteger(id).longValue(), step, x);
            Derivation derivation =
                    stringIds
                            ? transform.derivation(id, step)
                            : transform.derivation(new BigInteger(id).longValue(), step);

            assertThat(bits(output.values()))
                    .isEqualTo(bits(GoldenVectors.floats(record.required("y"))));
            assertThat(derivation.recordKey()).isEqualTo(GoldenVectors.key(record.required("key")));
        }
    }

    private static KeyedTransform transform(JsonNode options) {
        JaxConfig config = GoldenVectors.config(options);
        RecordKeys keys =
                new RecordKeys(
                        PrngKey.of(options.required("seed").asLong(), config),
                        IdType.valueOf(upperCase(options, "id-type")),
                        StepType.valueOf(upperCase(options, "step-type")));
        if (options.required("deterministic").asBoolean()) {
            return new KeyedTransform(keys, List.of());
        }
        Layer layer =
                new MyDropout(
                        options.required("rate").asDouble(),
                        Scaling.valueOf(upperCase(options, "scaling")),
                        Subnormals.KEEP,
                        config);
        ModulePath path =
                new ModulePath(
                        GoldenVectors.elements(options.required("module-path"))
                                .map(JsonNode::asText)
                                .toList(),
                        options.required("rng-separator").asBoolean());
        return new KeyedTransform(
                keys,
                List.of(
                        options.required("flavor").asText().equals("raw")
                                ? KeyedLayer.raw(layer)
                                : KeyedLayer.at(path, layer)));
    }

    private static String upperCase(JsonNode options, String name) {
        return options.required(name).asText().toUpperCase(Locale.ROOT);
    }
}
