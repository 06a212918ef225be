package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link JaxIndices}. */
class JaxIndicesTest {

    static Stream<JsonNode> drawsIntegersAsJax() {
        return GoldenVectors.rows("draws.json", "randint");
    }

    @ParameterizedTest
    @MethodSource
    void drawsIntegersAsJax(JsonNode row) {
        JaxConfig config = GoldenVectors.config(row);
        long minval = row.required("minval").asLong();
        long maxval = row.required("maxval").asLong();
        long[] draws =
                config.enableX64()
                        ? JaxIndices.randint64(key(row), n(row), minval, maxval, config)
                        : IntStream.of(
                                        JaxIndices.randint(
                                                key(row),
                                                n(row),
                                                (int) minval,
                                                (int) maxval,
                                                config))
                                .asLongStream()
                                .toArray();
        assertThat(draws)
                .isEqualTo(
                        GoldenVectors.elements(row.required(config.enableX64() ? "int64" : "int32"))
                                .mapToLong(JsonNode::asLong)
                                .toArray());
    }

    static Stream<JsonNode> permutesAsJax() {
        return GoldenVectors.rows("draws.json", "permutation");
    }

    @ParameterizedTest
    @MethodSource
    void permutesAsJax(JsonNode row) {
        assertThat(JaxIndices.permutation(key(row), n(row), GoldenVectors.config(row)))
                .isEqualTo(ints(row.required("permutation")));
    }

    static Stream<JsonNode> choosesAsJax() {
        return GoldenVectors.rows("draws.json", "choice");
    }

    @ParameterizedTest
    @MethodSource
    void choosesAsJax(JsonNode row) {
        boolean replace = row.required("replace").asBoolean();
        JaxConfig config = GoldenVectors.config(row);
        int[] chosen =
                row.has("p")
                        ? JaxIndices.choice(
                                key(row), decimals(row.required("p")), n(row), replace, config)
                        : JaxIndices.choice(
                                key(row), row.required("a").asInt(), n(row), replace, config);
        assertThat(chosen).isEqualTo(ints(row.required("indices")));
    }

    /** An element is drawn as if all elements had its range. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drawsEachElementInItsOwnRange(boolean partitionable) {
        JaxConfig config = new JaxConfig(partitionable, false);
        PrngKey key = PrngKey.of(42);
        int[] draws = JaxIndices.randint(key, new int[] {0, -9}, new int[] {10, 65537}, config);
        assertThat(draws)
                .containsExactly(
                        JaxIndices.randint(key, 2, 0, 10, config)[0],
                        JaxIndices.randint(key, 2, -9, 65537, config)[1]);
    }

    @Test
    void refusesWhatCannotBeChosen() {
        PrngKey key = PrngKey.of(0);
        JaxConfig config = JaxConfig.DEFAULT;
        assertThatThrownBy(() -> JaxIndices.choice(key, 3, 4, false, config))
                .hasMessage(
                        "At most 3 elements can be chosen without replacement, but 4 were asked for.");
        assertThatThrownBy(() -> JaxIndices.choice(key, 0, 1, true, config))
                .hasMessage("What is chosen from must have at least one element, but has 0.");
        assertThatThrownBy(() -> JaxIndices.randint(key, new int[1], new int[2], config))
                .hasMessage("There must be as many bounds above as below, but there are 2 and 1.");
    }

    private static int[] ints(JsonNode array) {
        return GoldenVectors.elements(array).mapToInt(JsonNode::asInt).toArray();
    }

    private static float[] decimals(JsonNode array) {
        float[] decimals = new float[array.size()];
        for (int i = 0; i < decimals.length; i++) {
            decimals[i] = (float) array.get(i).asDouble();
        }
        return decimals;
    }

    private static PrngKey key(JsonNode row) {
        return PrngKey.of(row.required("seed").asLong());
    }

    private static int n(JsonNode row) {
        return row.required("n").asInt();
    }
}
