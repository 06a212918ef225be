package org.mydropout.kernel.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.kernel.GoldenVectors.bits;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for the whole chain from seed, id and step to the vector that Flax gives. */
class GoldenRecordsTest {

    static Stream<JsonNode> equalsFlaxOnEveryRecord() {
        return GoldenVectors.rows("records.json", "cases");
    }

    @ParameterizedTest
    @MethodSource
    void equalsFlaxOnEveryRecord(JsonNode golden) throws GeneralSecurityException {
        JsonNode options = golden.required("options");
        JaxConfig config = GoldenVectors.config(options);
        Scaling scaling =
                Scaling.valueOf(options.required("scaling").asText().toUpperCase(Locale.ROOT));
        MyDropout layer =
                new MyDropout(
                        options.required("rate").asDouble(), scaling, Subnormals.KEEP, config);
        for (JsonNode record : golden.required("records")) {
            PrngKey key = PrngKey.of(options.required("seed").asLong(), config);
            key = fold(key, options.required("id-type"), record.required("id"));
            key = fold(key, options.required("step-type"), record.required("step"));
            assertThat(key).isEqualTo(GoldenVectors.key(record.required("key")));

            float[] x = GoldenVectors.floats(record.required("x"));
            int[] y = bits(GoldenVectors.floats(record.required("y")));
            if (options.required("flavor").asText().equals("raw")) {
                float[] out = new float[x.length];
                layer.apply(key, x, out);
                assertThat(bits(out)).isEqualTo(y);
            } else {
                boolean deterministic = options.required("deterministic").asBoolean();
                assertThat(bits(layer.apply(x, deterministic, scope(options, key)))).isEqualTo(y);
            }
        }
    }

    /** The streams as the layer of the given path sees them. */
    private static Rngs scope(JsonNode options, PrngKey key) {
        boolean separator = options.required("rng-separator").asBoolean();
        Rngs rngs = Rngs.of(Map.of("dropout", key), separator);
        for (JsonNode name : options.required("module-path")) {
            rngs = rngs.child(name.asText());
        }
        return rngs;
    }

    private static PrngKey fold(PrngKey key, JsonNode type, JsonNode value)
            throws GeneralSecurityException {
        LongStream words =
                switch (type.asText()) {
                    case "uint32" -> LongStream.of(Long.parseLong(value.asText()));
                    case "uint64" -> halves(new BigInteger(value.asText()).longValue());
                    case "string" -> halves(sha256Prefix(value.asText()));
                    default -> throw new IllegalArgumentException(type.toString());
                };
        PrngKey folded = key;
        for (long word : words.toArray()) {
            folded = folded.foldIn(word);
        }
        return folded;
    }

    private static LongStream halves(long value) {
        return LongStream.of(value >>> 32, value & 0xFFFF_FFFFL);
    }

    private static long sha256Prefix(String text) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        return ByteBuffer.wrap(sha256.digest(text.getBytes(UTF_8))).getLong();
    }
}
