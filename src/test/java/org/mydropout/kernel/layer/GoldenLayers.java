package org.mydropout.kernel.layer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.random.PrngKey;

/** The inputs of {@code layers.json}, which follow a formula, and the layers of its rows. */
final class GoldenLayers {

    private static final int FIRST_REFERENCE = 12345;

    private GoldenLayers() {}

    static float[] input(String kind, int n, long first) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            int word = (int) (first + i) * 0x9E37_79B1;
            float uniform = (word ^ Integer.MIN_VALUE) * 0x1p-31f;
            x[i] =
                    switch (kind) {
                        case "bits" -> Float.intBitsToFloat(word);
                        case "uniform" -> uniform;
                        case "logits" -> uniform * 8;
                        default -> throw new IllegalArgumentException(kind);
                    };
        }
        return x;
    }

    static Shape shape(JsonNode dimensions) {
        return Shape.of(GoldenVectors.elements(dimensions).mapToInt(JsonNode::asInt).toArray());
    }

    /** The layer of a row of the section {@code layers}. */
    static Layer layer(JsonNode row) {
        Map<String, Object> values = values(row.required("values"));
        LayerType type = LayerType.named(row.required("layer").asText()).orElseThrow();
        if (type.equals(Mixup.TYPE)) {
            int n = shape(row.required("shape")).size();
            values.put("reference", reference(row.required("input").asText(), n));
        }
        return type.create(values, GoldenVectors.config(row));
    }

    /** Three vectors of n elements. */
    static ReferenceSet reference(String kind, int n) {
        float[] all = input(kind, 3 * n, FIRST_REFERENCE);
        return new ReferenceSet(
                List.of("a", "b", "c"),
                IntStream.range(0, 3)
                        .mapToObj(i -> Arrays.copyOfRange(all, i * n, (i + 1) * n))
                        .toList());
    }

    static Map<String, Object> values(JsonNode object) {
        Map<String, Object> values = new HashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static Object value(JsonNode value) {
        if (value.isArray()) {
            return GoldenVectors.elements(value).map(JsonNode::asInt).toList();
        }
        if (value.isTextual()) {
            return value.asText();
        }
        return value.isInt() ? (Object) value.asInt() : (Object) value.asDouble();
    }

    /** The key that Flax's {@code make_rng} gives a layer as the first submodule of its class. */
    static PrngKey key(Layer layer, long seed) {
        return Rngs.of("dropout", PrngKey.of(seed))
                .child(layer.flaxName() + "_0")
                .makeRng("dropout");
    }

    static String checksum(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        return checksum(bytes);
    }

    static String checksum(int[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return checksum(bytes.position(bytes.capacity()));
    }

    private static String checksum(ByteBuffer bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.flip());
        return "%08x".formatted(checksum.getValue());
    }
}
