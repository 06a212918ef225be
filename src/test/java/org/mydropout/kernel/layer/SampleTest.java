package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.kernel.GoldenVectors.config;
import static org.mydropout.kernel.GoldenVectors.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link Sample} and {@link Split}. */
class SampleTest {

    private static final RecordKeys KEYS = keys(PrngKey.of(42));

    static Stream<JsonNode> decidesAsThePrintedPythonInJax() {
        return GoldenVectors.rows("samples.json", "samples");
    }

    /** Each row has a million ids. */
    @ParameterizedTest
    @MethodSource
    void decidesAsThePrintedPythonInJax(JsonNode row) {
        RecordKeys keys = keys(PrngKey.of(row.required("seed").asLong(), config(row)));
        long step = row.required("step").asLong();
        byte[] decisions = new byte[row.required("n").asInt()];
        if (row.has("fraction")) {
            Sample sample =
                    new Sample(keys, false, config(row), row.required("fraction").asDouble());
            for (int id = 0; id < decisions.length; id++) {
                decisions[id] = (byte) (sample.contains(id, step) ? 1 : 0);
            }
        } else {
            Split split = new Split(keys, false, config(row), shares(row.required("bounds")));
            for (int id = 0; id < decisions.length; id++) {
                decisions[id] = Byte.parseByte(split.part(id, step));
            }
        }
        CRC32 checksum = new CRC32();
        checksum.update(decisions);
        StringBuilder first = new StringBuilder();
        IntStream.range(0, 32).forEach(i -> first.append(decisions[i]));
        assertThat(first).hasToString(row.required("first").asText());
        assertThat("%08x".formatted(checksum.getValue())).isEqualTo(row.required("crc32").asText());
    }

    /** The shares between the bounds, named by index. */
    private static Map<String, Double> shares(JsonNode bounds) {
        Map<String, Double> shares = new LinkedHashMap<>();
        double before = 0;
        for (JsonNode bound : elements(bounds).toList()) {
            shares.put(String.valueOf(shares.size()), bound.asDouble() - before);
            before = bound.asDouble();
        }
        shares.put(String.valueOf(shares.size()), 1 - before);
        return shares;
    }

    @Test
    void nestsSamples() {
        Sample tenth = new Sample(KEYS, false, JaxConfig.DEFAULT, 0.1);
        Sample half = new Sample(KEYS, false, JaxConfig.DEFAULT, 0.5);
        assertThat(IntStream.range(0, 10_000).filter(id -> tenth.contains(id, 0)))
                .isNotEmpty()
                .allMatch(id -> half.contains(id, 0));
    }

    @Test
    void takesStringIds() {
        RecordKeys keys = new RecordKeys(PrngKey.of(42), IdType.STRING, StepType.UINT32);
        Sample sample = new Sample(keys, false, JaxConfig.DEFAULT, 0.5);
        assertThat(IntStream.range(0, 1000).filter(id -> sample.contains("n" + id, 0)).count())
                .isBetween(400L, 600L);
        Split split = new Split(keys, true, JaxConfig.DEFAULT, Map.of("all", 1.0));
        assertThat(split.part("n1", 0)).isEqualTo("all");
    }

    /** A draw that equals a bound is not below it. */
    @Test
    void decidesByDrawsBelowTheBounds() {
        RecordKeys keys = new RecordKeys(PrngKey.of(42), IdType.STRING, StepType.UINT32);
        double sampled = new RecordDraw(keys, Sample.MODULE, false, JaxConfig.DEFAULT).draw("n", 3);
        double more = Math.nextUp((float) sampled);
        assertThat(new Sample(keys, false, JaxConfig.DEFAULT, sampled).contains("n", 3)).isFalse();
        assertThat(new Sample(keys, false, JaxConfig.DEFAULT, more).contains("n", 3)).isTrue();

        double split = new RecordDraw(keys, Split.MODULE, false, JaxConfig.DEFAULT).draw("n", 3);
        assertThat(part(keys, split)).isEqualTo("second");
        assertThat(part(keys, Math.nextUp((float) split))).isEqualTo("first");
    }

    private static String part(RecordKeys keys, double share) {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("first", share);
        shares.put("second", 1 - share);
        return new Split(keys, false, JaxConfig.DEFAULT, shares).part("n", 3);
    }

    @Test
    void printsItsCall() {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("train", 0.75);
        shares.put("test", 0.25);
        assertThat(new Split(KEYS, false, JaxConfig.DEFAULT, shares).pythonCall())
                .isEqualTo("Split(bounds=(0.75,))");
    }

    @Test
    void refusesSharesAndFractionsThatAreNone() {
        assertThatThrownBy(() -> new Sample(KEYS, false, JaxConfig.DEFAULT, 1.5))
                .hasMessage("fraction must be a number from 0 to 1, but is 1.5.");
        assertThatThrownBy(() -> new Split(KEYS, false, JaxConfig.DEFAULT, Map.of("a", 0.5)))
                .hasMessage(
                        "The shares of a split must be above 0 and add up to 1, but are {a=0.5}.");
        assertThatThrownBy(
                        () -> new Split(KEYS, false, JaxConfig.DEFAULT, Map.of("a", 0.0, "b", 1.0)))
                .hasMessageStartingWith("The shares of a split must be above 0 and add up to 1");
    }

    private static RecordKeys keys(PrngKey base) {
        return new RecordKeys(base, IdType.UINT32, StepType.UINT32);
    }
}
