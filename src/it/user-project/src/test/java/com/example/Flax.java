package com.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The readings before dropout, and after dropout by Flax, with JAX 0.10.2 and Flax 0.12.8:
 *
 * <pre>{@code
 * import jax, jax.numpy as jnp, flax.linen as nn, numpy as np
 * x = jnp.arange(1, 9, dtype=jnp.float32) / 10
 * for id in range(3):
 *     for step in range(4):
 *         key = jax.random.fold_in(jax.random.fold_in(jax.random.key(42), id), step)
 *         y = nn.Dropout(0.3, deterministic=False).apply({}, x, rngs={"dropout": key})
 *         print(id, step, *(str(v) for v in np.asarray(y)))
 * }</pre>
 */
final class Flax {

    static final double RATE = 0.3;
    static final long SEED = 42;

    private Flax() {}

    /** All readings before dropout; three ids, four steps each. */
    static List<Reading> input() throws IOException {
        return output().stream()
                .map(r -> new Reading(r.sensor(), r.epoch(), vector(), r.place()))
                .toList();
    }

    /** All readings after dropout, as Flax computes it. */
    static List<Reading> output() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Flax.class.getResourceAsStream("/flax.txt"),
                                StandardCharsets.UTF_8))) {
            return lines.lines().map(Flax::parse).collect(Collectors.toList());
        }
    }

    static float[] vector() {
        float[] values = new float[8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i + 1) / 10f;
        }
        return values;
    }

    private static Reading parse(String line) {
        String[] words = line.split(" ");
        float[] vector = new float[words.length - 2];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.parseFloat(words[i + 2]);
        }
        long id = Long.parseLong(words[0]);
        return new Reading(id, Long.parseLong(words[1]), vector, "place " + id);
    }

    /** Readings as text, sorted, with the bits of each element. */
    static List<String> bits(List<Reading> readings) {
        return readings.stream().map(Flax::bits).sorted().toList();
    }

    private static String bits(Reading reading) {
        int[] bits = new int[reading.features().length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(reading.features()[i]));
        return "%d %d %s %s"
                .formatted(
                        reading.sensor(), reading.epoch(), reading.place(), Arrays.toString(bits));
    }
}
