package org.mydropout.kernel.math;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.mydropout.kernel.GoldenVectors;

/** The CRC-32 of a function's results on all float32 numbers with the same upper eight bits. */
final class FloatChecksum {

    /** The number of values of the upper eight bits. */
    static final int CHUNKS = 256;

    private static final int CHUNK = 1 << 24;
    private static final int BUFFERED = 1 << 12;

    private FloatChecksum() {}

    /** The checksum in the format of the golden vectors. */
    static String of(FloatFunction function, int chunk) {
        CRC32 checksum = new CRC32();
        ByteBuffer results =
                ByteBuffer.allocate(BUFFERED * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int first = chunk * CHUNK;
        for (int i = 0; i < CHUNK; i += BUFFERED) {
            results.clear();
            for (int j = 0; j < BUFFERED; j++) {
                float y = function.apply(Float.intBitsToFloat(first + i + j));
                results.putInt(Float.floatToIntBits(y));
            }
            checksum.update(results.flip());
        }
        return "%08x".formatted(checksum.getValue());
    }

    /** The checksum of JAX's results. */
    static String expected(FloatFunction function, int chunk) {
        return GoldenVectors.rows("math.json", "checksums")
                .filter(row -> row.required("function").asText().equals(function.goldenName))
                .map(row -> row.required("crc32").get(chunk))
                .map(JsonNode::asText)
                .findFirst()
                .orElseThrow();
    }
}
