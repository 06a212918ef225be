package org.mydropout.kernel.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Applies every layer type to at least a million elements with many keys, and writes the results
 * with the Python code that should give the same. {@code compare_layers.py} compares them.
 */
final class BulkLayers {

    private static final int ELEMENTS = 1 << 20;

    /**
     * A layer that is applied to many vectors, vector i with the key of seed i.
     *
     * @param shape the shape of a vector
     * @param input a kind of {@link GoldenLayers#input}
     */
    private record Case(
            String type, Map<String, Object> values, List<Integer> shape, String input) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("dropout", Map.of("rate", 0.1), List.of(784), "bits"),
                    new Case(
                            "dropout",
                            Map.of("rate", 0.3, "broadcast-dims", List.of(1)),
                            List.of(28, 28),
                            "bits"),
                    new Case("stochastic-depth", Map.of("rate", 0.3), List.of(128), "bits"),
                    new Case(
                            "stochastic-depth",
                            Map.of("rate", 0.3, "form", "scenic"),
                            List.of(128),
                            "bits"),
                    new Case(
                            "stochastic-depth",
                            Map.of("rate", 0.3, "form", "floor"),
                            List.of(128),
                            "bits"),
                    new Case("gaussian-noise", Map.of("stddev", 0.05), List.of(784), "bits"),
                    new Case("gaussian-noise", Map.of("stddev", 0.7), List.of(1000), "uniform"),
                    new Case("gaussian-dropout", Map.of("rate", 0.2), List.of(784), "bits"),
                    new Case(
                            "uniform-noise",
                            Map.of("low", -0.1, "high", 0.3),
                            List.of(784),
                            "uniform"),
                    new Case("scale", Map.of("stddev", 0.1), List.of(128), "bits"),
                    new Case("mask", Map.of("rate", 0.15, "fill", 103.0), List.of(512), "bits"),
                    new Case("erase", Map.of("size", List.of(7, 9)), List.of(28, 28), "bits"),
                    new Case("crop", Map.of("size", List.of(24, 20)), List.of(28, 28), "bits"),
                    new Case("roll", Map.of("max-shift", List.of(3, 5)), List.of(28, 28), "bits"),
                    new Case("permute", Map.of("axis", 1), List.of(28, 28), "bits"),
                    new Case(
                            "categorical",
                            Map.of("temperature", 0.7, "top-k", 40, "top-p", 0.95),
                            List.of(1000),
                            "logits"),
                    new Case("categorical", Map.of(), List.of(1000), "logits"),
                    new Case("mixup", Map.of(), List.of(784), "uniform"));

    private BulkLayers() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        Files.writeString(directory.resolve("layers.py"), PrintLayers.python(), UTF_8);
        List<Map<String, Object>> written = new ArrayList<>();
        for (Case bulk : CASES) {
            written.add(write(bulk, directory, "%d.bin".formatted(written.size())));
        }
        new JsonMapper().writeValue(directory.resolve("cases.json").toFile(), written);
    }

    private static Map<String, Object> write(Case bulk, Path directory, String file)
            throws IOException {
        LayerType type = LayerType.named(bulk.type).orElseThrow();
        Shape shape = Shape.of(bulk.shape.stream().mapToInt(n -> n).toArray());
        Map<String, Object> values = new HashMap<>(bulk.values);
        if (type.equals(Mixup.TYPE)) {
            values.put("reference", GoldenLayers.reference(bulk.input, shape.size()));
        }
        Layer layer = type.create(values, JaxConfig.DEFAULT);
        int vectors = (ELEMENTS + shape.size() - 1) / shape.size();
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(directory.resolve(file)), 1 << 16))) {
            for (int i = 0; i < vectors; i++) {
                float[] x = GoldenLayers.input(bulk.input, shape.size(), (long) i * shape.size());
                write(layer.apply(GoldenLayers.key(layer, i), x, shape), type, out);
            }
        }
        return Map.of(
                "layer",
                type.pythonCall(values),
                "shape",
                bulk.shape,
                "input",
                bulk.input,
                "vectors",
                vectors,
                "file",
                file);
    }

    /** Writes big-endian numbers. Indices are floats, which represent every integer below 2^24. */
    private static void write(LayerOutput output, LayerType type, DataOutputStream out)
            throws IOException {
        if (type.equals(Categorical.TYPE)) {
            out.writeFloat((Integer) output.fields().get("index"));
            out.writeFloat((Float) output.fields().get("log_probability"));
        }
        for (float value : output.values()) {
            out.writeInt(Float.floatToRawIntBits(value));
        }
    }
}
