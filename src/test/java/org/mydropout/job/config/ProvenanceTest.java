package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.DropoutOptions;

/** Tests for {@link Provenance}. */
class ProvenanceTest {

    private static Configuration restored(String provenance) throws InvalidJobException {
        return Provenance.restore(
                Configuration.fromMap(Map.of("dropout.rate", "0.9", "sink.path", "out")),
                provenance);
    }

    /** A new option must be part of the provenance, unless it changes no bit. */
    @Test
    void bringsBackEveryOptionThatChangesBits() throws InvalidJobException {
        Map<String, String> options = new HashMap<>();
        for (ConfigOption<?> option : DropoutOptions.ALL) {
            options.put(option.key(), "value of " + option.key() + " &=?%\"é");
        }
        options.put("augment.copies", "3");
        options.put("source.fields.deterministic", "a, \"b\"");

        String provenance = Provenance.of(Configuration.fromMap(options));

        assertThat(provenance).matches("flink-mydropout/[0-9.]+\\?format=1&[A-Za-z0-9&=%+.*_-]+");
        options.remove("dropout.step-ttl");
        options.remove("dropout.key-reuse");
        options.put("sink.path", "out");
        assertThat(restored(provenance).toMap()).isEqualTo(options);
    }

    @Test
    void takesThatOfAnotherVersion() throws InvalidJobException {
        assertThat(restored("flink-mydropout/7.0-rc1?format=1&seed=42").toMap())
                .containsOnly(Map.entry("dropout.seed", "42"), Map.entry("sink.path", "out"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flink-mydropout/0.2.0?format=3&seed=42 | must have the format 1 or 2, which this version reads, but is flink-mydropout/0.2.0?format=3&seed=42.",
                "flink-mydropout/0.1.0?seed=42 | must be flink-mydropout/VERSION?format=1&…, but is",
                "else/0.1.0?format=1&seed=42 | must be flink-mydropout/VERSION?format=1&…, but is",
                "flink-mydropout/0.1.0?format=1&seed | must be flink-mydropout/VERSION?format=1&…, but is",
                "flink-mydropout/0.1.0?format=1&sed=42 | must name options of format 1, but is sed in",
                "flink-mydropout/0.1.0?format=1&seed=%4 | must be percent-encoded in format 1, but is"
            })
    void refusesWhatItCannotRead(String provenance, String sentence) {
        assertThatThrownBy(() -> restored(provenance))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("The provenance of a record " + sentence);
    }
}
