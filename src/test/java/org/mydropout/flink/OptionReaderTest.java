package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** Tests for {@link OptionReader}. */
class OptionReaderTest {

    private static final ConfigOption<Integer> COUNT =
            ConfigOptions.key("count").intType().noDefaultValue();

    private static final ConfigOption<Boolean> FLAG =
            ConfigOptions.key("flag").booleanType().defaultValue(true);

    private static OptionReader reader(Map<String, String> options) {
        return new OptionReader(Configuration.fromMap(options));
    }

    @Test
    void readsValuesAndDefaults() {
        OptionReader options = reader(Map.of("count", "3"));

        assertThat(options.required(COUNT, "positive", count -> count > 0)).contains(3);
        assertThat(options.flag(FLAG)).contains(true);
        assertThat(options.isSet(COUNT)).isTrue();
        assertThat(options.isSet(FLAG)).isFalse();
        assertThat(options.oneOf(DropoutOptions.FLAVOR))
                .contains(DropoutOptions.FLAVOR.defaultValue());
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void keepsASentenceForEachProblemInOneDialect() {
        OptionReader options =
                reader(Map.of("count", "-3", "flag", "perhaps", "dropout.flavor", "haiku"));

        assertThat(options.optional(COUNT, "1 or more", count -> count > 0)).isEmpty();
        assertThat(options.isTrue(FLAG)).isFalse();
        assertThat(options.oneOf(DropoutOptions.FLAVOR)).isEmpty();
        assertThat(options.required(DropoutOptions.SEED, "an integer")).isEmpty();
        options.problem("A sentence.");

        assertThat(options.problems())
                .containsExactly(
                        "count must be 1 or more, but is -3.",
                        "flag must be true or false, but is 'perhaps'.",
                        "dropout.flavor must be one of linen, nnx, raw, but is 'haiku'.",
                        "dropout.seed must be set to an integer.",
                        "A sentence.");
    }

    @Test
    void leavesTheProblemToWhoeverChecksTheOption() {
        OptionReader options = reader(Map.of("count", "many", "flag", "false"));

        assertThat(options.readable(COUNT)).isEmpty();
        assertThat(options.readable(FLAG)).contains(false);
        assertThat(options.isSet(COUNT)).isTrue();
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void namesWhatWasProbablyMeant() {
        assertThat(OptionReader.nearest("sed", List.of("rate", "seed", "step"))).isEqualTo("seed");
        assertThat(OptionReader.nearest("x", List.of("b", "a"))).isEqualTo("a");
    }
}
