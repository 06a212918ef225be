package org.mydropout.sql;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.kernel.flax.IdType;

/** Builds a checked configuration from the arguments of a call that rows usually share. */
@Internal
final class MyDropoutOptions {

    /** The name of the function in messages. */
    static final String FUNCTION = "MYDROPOUT";

    private static final String PREFIX = "dropout.";

    /** The options that are arguments of a call. */
    private static final Set<ConfigOption<?>> ARGUMENTS =
            Set.of(DropoutOptions.RATE, DropoutOptions.SEED, DropoutOptions.STEP);

    /**
     * The options for operators only: the step of a scalar function is an argument, and it keeps no
     * state.
     */
    private static final Set<ConfigOption<?>> OPERATOR_ONLY =
            Set.of(DropoutOptions.STEP_FROM, DropoutOptions.STEP_TTL, DropoutOptions.KEY_REUSE);

    /** The names of the allowed options, without the prefix. */
    static final Set<String> OPTIONS =
            DropoutOptions.ALL.stream()
                    .filter(option -> !ARGUMENTS.contains(option))
                    .filter(option -> !OPERATOR_ONLY.contains(option))
                    .map(option -> option.key().substring(PREFIX.length()))
                    .collect(Collectors.toUnmodifiableSet());

    private MyDropoutOptions() {}

    /**
     * Returns the configuration of a call.
     *
     * @param options names without the prefix {@code dropout.}, and values
     * @param textIds whether ids are strings rather than integers
     * @throws IllegalArgumentException with the first unknown name, or with all problems of the
     *     values
     */
    static DropoutConfig of(double rate, long seed, Map<String, String> options, boolean textIds) {
        Configuration configuration = new Configuration();
        configuration.set(DropoutOptions.RATE, rate);
        configuration.set(DropoutOptions.SEED, seed);
        if (textIds) {
            configuration.set(DropoutOptions.ID_TYPE, IdType.STRING);
        }
        for (Map.Entry<String, String> option : options.entrySet()) {
            requireKnown(option.getKey(), option.getValue());
            configuration.setString(PREFIX + option.getKey(), option.getValue());
        }
        DropoutConfig config = DropoutConfig.from(configuration);
        requireIdType(FUNCTION, config.idType(), textIds);
        return config;
    }

    private static void requireKnown(@Nullable String name, @Nullable String value) {
        RecordCall.requireValue(FUNCTION, name, value);
        for (ConfigOption<?> option : ARGUMENTS) {
            if (option.key().equals(PREFIX + name)) {
                throw new IllegalArgumentException(
                        "The options of MYDROPOUT must not have '%s': it is an argument."
                                .formatted(name));
            }
        }
        for (ConfigOption<?> option : OPERATOR_ONLY) {
            if (option.key().equals(PREFIX + name)) {
                throw new IllegalArgumentException(
                        ("The options of MYDROPOUT must not have '%s': the step is an argument, and"
                                        + " the function keeps no state.")
                                .formatted(name));
            }
        }
        RecordCall.requireKnown(FUNCTION, name, OPTIONS);
    }

    static void requireIdType(String function, IdType idType, boolean textIds) {
        if (textIds != (idType == IdType.STRING)) {
            throw new IllegalArgumentException(
                    "The id of %s must be %s when id-type is %s, but is %s."
                            .formatted(
                                    function,
                                    idType == IdType.STRING ? "a string" : "an integer",
                                    idType,
                                    textIds ? "a string" : "an integer"));
        }
    }
}
