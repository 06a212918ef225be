package org.mydropout.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * Results of the real JAX and Flax, written and checked by {@code src/test/python/make_golden.py}.
 * Floats are IEEE 754 bit patterns in hexadecimal, keys are two uint32 words, and masks are strings
 * of 1 (kept) and 0.
 */
public final class GoldenVectors {

    private GoldenVectors() {}

    /** The rows of one section of a file under {@code golden/}. */
    public static Stream<JsonNode> rows(String file, String section) {
        try (InputStream in = GoldenVectors.class.getResourceAsStream("/golden/" + file)) {
            JsonNode rows = new JsonMapper().readTree(in).required(section);
            if (rows.isEmpty()) {
                throw new IllegalStateException(file + " has no rows under " + section + ".");
            }
            return elements(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    public static PrngKey key(JsonNode words) {
        return new PrngKey((int) words.get(0).asLong(), (int) words.get(1).asLong());
    }

    public static float[] floats(JsonNode hexadecimals) {
        float[] floats = new float[hexadecimals.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = number(hexadecimals.get(i));
        }
        return floats;
    }

    public static float number(JsonNode hexadecimal) {
        return Float.intBitsToFloat(Integer.parseUnsignedInt(hexadecimal.asText(), 16));
    }

    /** Bit patterns, with one pattern for all NaNs, because their payload is not promised. */
    public static int[] bits(float[] floats) {
        int[] bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(floats[i]);
        }
        return bits;
    }

    /** The configuration of a row. A row without {@code x64} has x64 off. */
    public static JaxConfig config(JsonNode row) {
        return new JaxConfig(
                row.required("partitionable").asBoolean(), row.path("x64").asBoolean(false));
    }

    public static String mask(boolean[] mask) {
        StringBuilder text = new StringBuilder();
        for (boolean kept : mask) {
            text.append(kept ? '1' : '0');
        }
        return text.toString();
    }
}
