package org.mydropout.kernel.flax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link ModulePath}. */
class ModulePathTest {

    static Stream<JsonNode> derivesKeysAsFlaxMakeRng() {
        return GoldenVectors.rows("primitives.json", "linen_make_rng");
    }

    @ParameterizedTest
    @MethodSource
    void derivesKeysAsFlaxMakeRng(JsonNode row) {
        JsonNode suffix = row.required("suffix");
        int depth = suffix.size() - 1;
        List<String> names =
                IntStream.range(0, depth).mapToObj(i -> suffix.get(i).asText()).toList();
        ModulePath path = new ModulePath(names, row.required("separator").asBoolean());
        PrngKey key = PrngKey.of(row.required("seed").asLong());
        assertThat(key.foldIn(path.foldData(suffix.get(depth).asLong())))
                .isEqualTo(GoldenVectors.key(row.required("key")));
    }

    /** {@code int.from_bytes(hashlib.sha1(b"\x01").digest()[:4], "big")}. */
    @Test
    void hashesTheCountAloneAtTheTopLevel() {
        assertThat(ModulePath.ROOT.foldData(1)).isEqualTo(0xBF8B4530L);
    }

    @Test
    void tellsNamesApartWithTheSeparatorOnly() {
        assertThat(new ModulePath(List.of("ab", "c"), false).foldData(1))
                .isEqualTo(new ModulePath(List.of("a", "bc"), false).foldData(1));
        assertThat(new ModulePath(List.of("ab", "c"), true).foldData(1))
                .isNotEqualTo(new ModulePath(List.of("a", "bc"), true).foldData(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesACountBelowOne(long count) {
        assertThatThrownBy(() -> ModulePath.ROOT.foldData(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Calls of make_rng are counted from 1, but the count is " + count + ".");
    }

    @Test
    void refusesANameThatUtf8CannotEncode() {
        assertThatThrownBy(() -> new ModulePath(List.of("MyDropout_0", "\uD800"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unpaired surrogate");
    }
}
