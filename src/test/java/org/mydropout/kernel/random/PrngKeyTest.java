package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link PrngKey}. */
class PrngKeyTest {

    static Stream<JsonNode> makesTheKeyOfASeedAsJax() {
        return GoldenVectors.rows("primitives.json", "seed");
    }

    @ParameterizedTest
    @MethodSource
    void makesTheKeyOfASeedAsJax(JsonNode row) {
        JaxConfig config = new JaxConfig(true, row.required("x64").asBoolean());
        assertThat(PrngKey.of(row.required("seed").asLong(), config))
                .isEqualTo(GoldenVectors.key(row.required("key")));
    }

    @Test
    void keepsTheLow32BitsOfASeedByDefault() {
        assertThat(PrngKey.of(-1)).isEqualTo(new PrngKey(0, -1));
        assertThat(PrngKey.of((1L << 32) + 5)).isEqualTo(PrngKey.of(5));
    }

    static Stream<JsonNode> foldsInAsJax() {
        return GoldenVectors.rows("primitives.json", "fold_in");
    }

    @ParameterizedTest
    @MethodSource
    void foldsInAsJax(JsonNode row) {
        assertThat(PrngKey.of(row.required("seed").asLong()).foldIn(row.required("data").asLong()))
                .isEqualTo(GoldenVectors.key(row.required("key")));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesToFoldInWhatIsNoUint32(long data) {
        assertThatThrownBy(() -> PrngKey.of(0).foldIn(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The data folded into a key must be from 0 to 4294967295 (a uint32), but is "
                                + data
                                + ".");
    }

    static Stream<JsonNode> splitsAsJax() {
        return GoldenVectors.rows("primitives.json", "split");
    }

    @ParameterizedTest
    @MethodSource
    void splitsAsJax(JsonNode row) {
        List<PrngKey> expected =
                GoldenVectors.elements(row.required("keys")).map(GoldenVectors::key).toList();
        assertThat(
                        PrngKey.of(row.required("seed").asLong())
                                .split(row.required("n").asInt(), GoldenVectors.config(row)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void splitsIntoNoKeysButNotIntoFewer(boolean partitionable) {
        JaxConfig config = new JaxConfig(partitionable, false);
        assertThat(PrngKey.of(0).split(0, config)).isEmpty();
        assertThatThrownBy(() -> PrngKey.of(0).split(-1, config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void printsItsWordsUnsigned() {
        assertThat(new PrngKey(1797259609, -1)).hasToString("[1797259609 4294967295]");
    }
}
