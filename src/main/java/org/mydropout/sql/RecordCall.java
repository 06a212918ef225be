package org.mydropout.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.kernel.flax.IdType;

/** Makes seed and options of a call into a configuration. */
@Internal
final class RecordCall {

    private static final String PREFIX = "rng.";

    /** What SAMPLE and SPLIT may be told. */
    private static final Set<String> OPTIONS =
            names(
                    RngOptions.ID_TYPE,
                    RngOptions.RNG_SEPARATOR,
                    RngOptions.PARTITIONABLE,
                    RngOptions.X64);

    private RecordCall() {}

    /** The configuration of a decision by the id alone. */
    static DropoutConfig config(
            String function, long seed, Map<String, String> options, boolean textIds) {
        requireKnown(function, options, OPTIONS);
        Configuration configuration = configuration(seed, options, textIds);
        configuration.set(LayerOptions.LAYERS, List.of());
        DropoutConfig config = DropoutConfig.from(configuration);
        MyDropoutOptions.requireIdType(function, config.idType(), textIds);
        return config;
    }

    /** The options of {@code rng}, given without that prefix. */
    static Configuration configuration(long seed, Map<String, String> rng, boolean textIds) {
        Configuration configuration = new Configuration();
        configuration.set(RngOptions.SEED, seed);
        if (textIds) {
            configuration.set(RngOptions.ID_TYPE, IdType.STRING);
        }
        rng.forEach((name, value) -> configuration.setString(PREFIX + name, value));
        return configuration;
    }

    /** The names of options without the prefix. */
    static Set<String> names(ConfigOption<?>... options) {
        return Stream.of(options)
                .map(option -> option.key().substring(PREFIX.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    static void requireKnown(String function, Map<String, String> options, Set<String> known) {
        options.forEach(
                (name, value) -> {
                    requireValue(function, name, value);
                    requireKnown(function, name, known);
                });
    }

    static void requireValue(String function, @Nullable String name, @Nullable String value) {
        if (name == null || value == null) {
            throw new IllegalArgumentException(
                    "The options of %s must be names with values, but have %s = %s."
                            .formatted(function, name, value));
        }
    }

    static void requireKnown(String function, String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "'%s' is not an option of %s; the nearest that is one is '%s'."
                            .formatted(name, function, OptionReader.nearest(name, known)));
        }
    }
}
