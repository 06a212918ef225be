package org.mydropout.flink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Reads what a record is transformed with, and checks it alone and together: {@link RngOptions} or
 * those of {@link DropoutOptions} that they fall back to, and {@link LayerOptions} or the other
 * options of the one dropout.
 */
final class DropoutConfigReader {

    private static final String INTEGER = "an integer of at most 64 bits";

    private static final Duration MIN_TTL = Duration.ofMillis(1);
    private static final Duration MAX_TTL = Duration.ofMillis(Long.MAX_VALUE);

    /** What describes the one dropout, which layers take the place of. */
    private static final List<ConfigOption<?>> OF_ONE_DROPOUT =
            DropoutOptions.ALL.stream()
                    .filter(option -> !RngOptions.FALLBACKS.containsValue(option))
                    .toList();

    /** The RULE for names, since a key must not be sampled twice. */
    static final String NOT_OF_SELECTION =
            "another name than %s and %s, whose keys a sample and a split of records draw from"
                    .formatted(Sample.MODULE, Split.MODULE);

    private final OptionReader options;
    private final boolean layered;
    private final Configuration values = new Configuration();
    private final ConfigOption<StepSource> stepFrom;
    private final ConfigOption<Long> step;
    private final ConfigOption<StepType> stepType;
    private final ConfigOption<KeyReuse> keyReuse;

    DropoutConfigReader(OptionReader options) {
        this.options = options;
        this.layered = options.isSet(LayerOptions.LAYERS);
        this.stepFrom = used(RngOptions.STEP_FROM);
        this.step = used(RngOptions.STEP);
        this.stepType = used(RngOptions.STEP_TYPE);
        this.keyReuse = used(RngOptions.KEY_REUSE);
    }

    /**
     * Returns each option that has a value which can be read, by default or not, as typed value:
     * those of a key as {@link RngOptions}.
     */
    Configuration read() {
        checkFallbacks();
        if (!layered) {
            readRate();
        }
        read(RngOptions.SEED, option -> options.required(option, INTEGER));
        read(RngOptions.STEP, option -> options.optional(option, INTEGER));
        readFlags(
                RngOptions.DETERMINISTIC,
                RngOptions.RNG_SEPARATOR,
                RngOptions.PARTITIONABLE,
                RngOptions.X64);
        read(RngOptions.ID_TYPE, options::oneOf);
        read(RngOptions.STEP_TYPE, options::oneOf);
        read(RngOptions.STEP_FROM, options::oneOf);
        read(RngOptions.KEY_REUSE, options::oneOf);
        set(
                RngOptions.PROFILE,
                options.optional(
                        RngOptions.PROFILE,
                        XlaMath.PROFILE + ", the one profile that this version has",
                        XlaMath.PROFILE::equals));
        readStepTtl();
        checkStep();
        if (layered) {
            checkNoDropout();
        } else {
            readDropout();
        }
        return values;
    }

    /** The layers that nothing is wrong with; empty where there is one dropout. */
    Optional<List<LayerConfig>> readLayers() {
        return new LayersReader(
                        options,
                        new JaxConfig(
                                value(RngOptions.PARTITIONABLE).orElse(true),
                                value(RngOptions.X64).orElse(false)))
                .read();
    }

    private void readRate() {
        set(
                DropoutOptions.RATE,
                options.required(
                        DropoutOptions.RATE,
                        "a number from 0 to 1, the probability of a drop",
                        rate -> rate >= 0 && rate <= 1));
    }

    private void readDropout() {
        set(DropoutOptions.FLAVOR, options.oneOf(DropoutOptions.FLAVOR));
        set(DropoutOptions.SCALING, options.oneOf(DropoutOptions.SCALING));
        set(DropoutOptions.SUBNORMALS, options.oneOf(DropoutOptions.SUBNORMALS));
        readModulePath();
        checkFlavor();
    }

    private void checkNoDropout() {
        for (ConfigOption<?> option : OF_ONE_DROPOUT) {
            if (options.isSet(option)) {
                options.problem(
                        "%s must not be set where layers is set: it describes the one layer of a job without layers."
                                .formatted(option.key()));
            }
        }
    }

    private void checkFallbacks() {
        RngOptions.FALLBACKS.forEach(
                (option, fallback) -> {
                    Optional<?> value = options.readable(option);
                    Optional<?> other = options.readable(fallback);
                    if (options.isSet(option) && options.isSet(fallback) && !value.equals(other)) {
                        options.problem(
                                "%s must be as %s where both are set, %s, but is %s."
                                        .formatted(
                                                option.key(),
                                                fallback.key(),
                                                other.map(Object::toString).orElse("unreadable"),
                                                value.map(Object::toString).orElse("unreadable")));
                    }
                });
    }

    /**
     * The option to read and to speak of: the fallback where that alone is set, or where nothing
     * else speaks of {@code rng}.
     */
    @SuppressWarnings("unchecked") // an option and its fallback have one type
    private <T> ConfigOption<T> used(ConfigOption<T> option) {
        ConfigOption<T> fallback = (ConfigOption<T>) RngOptions.FALLBACKS.get(option);
        return options.isSet(option) || (layered && !options.isSet(fallback)) ? option : fallback;
    }

    private <T> void read(ConfigOption<T> option, Function<ConfigOption<T>, Optional<T>> reader) {
        set(option, reader.apply(used(option)));
    }

    private void readStepTtl() {
        ConfigOption<Duration> option = used(RngOptions.STEP_TTL);
        Optional<Duration> ttl = options.optional(option, "a duration, such as 7 d or 90 min");
        set(RngOptions.STEP_TTL, ttl);
        if (ttl.isEmpty()) {
            return;
        }
        if (ttl.get().compareTo(MIN_TTL) < 0 || ttl.get().compareTo(MAX_TTL) > 0) {
            options.mustBe(
                    option,
                    "at least one millisecond, and a number of milliseconds of at most 64 bits",
                    ttl.get());
        }
        Optional<StepSource> from = value(RngOptions.STEP_FROM);
        if (from.isPresent()
                && from.get() != StepSource.COUNTER
                && value(RngOptions.KEY_REUSE).equals(Optional.of(KeyReuse.ALLOW))) {
            options.problem(
                    ("%s must not be set unless %s is counter or"
                                    + " %s is count or fail, but is %s while they are"
                                    + " %s and allow: there is no state to forget.")
                            .formatted(
                                    option.key(),
                                    stepFrom.key(),
                                    keyReuse.key(),
                                    ttl.get(),
                                    from.get()));
        }
    }

    private void readModulePath() {
        Optional<List<String>> path =
                options.optional(
                        DropoutOptions.MODULE_PATH, "a list of names, such as Block_0;MyDropout_0");
        List<String> names = path.orElse(List.of());
        if (names.stream().anyMatch(name -> name == null || name.isEmpty())) {
            options.mustBe(
                    DropoutOptions.MODULE_PATH, "a list of names, none of them empty", names);
        }
        if (names.stream().anyMatch(name -> name != null && !isUnicode(name))) {
            options.mustBe(
                    DropoutOptions.MODULE_PATH,
                    "a list of names that have a UTF-8 form, without unpaired surrogates",
                    names);
        }
        if (isOfSelection(names, value(RngOptions.RNG_SEPARATOR).orElse(false))) {
            options.mustBe(DropoutOptions.MODULE_PATH, NOT_OF_SELECTION, names);
        }
        set(
                DropoutOptions.MODULE_PATH,
                path.map(given -> Collections.unmodifiableList(new ArrayList<>(given))));
    }

    private void checkStep() {
        Optional<StepSource> from = value(RngOptions.STEP_FROM);
        Optional<Long> constantStep = value(RngOptions.STEP);
        boolean constant = from.equals(Optional.of(StepSource.CONSTANT));
        if (constant && !options.isSet(step)) {
            options.problem(
                    "%s must be set, to the step of every record, where %s is constant."
                            .formatted(step.key(), stepFrom.key()));
        } else if (from.isPresent() && !constant && constantStep.isPresent()) {
            options.problem(
                    "%s must not be set unless %s is constant, but is %d while that is %s."
                            .formatted(step.key(), stepFrom.key(), constantStep.get(), from.get()));
        }
        Optional<StepType> type = value(RngOptions.STEP_TYPE);
        if (constantStep.isPresent()
                && type.isPresent()
                && !type.get().contains(constantStep.get())) {
            options.mustBe(
                    step,
                    "from 0 to %s where %s is %s"
                            .formatted(
                                    Long.toUnsignedString(type.get().max()),
                                    stepType.key(),
                                    type.get()),
                    constantStep.get());
        }
    }

    private void checkFlavor() {
        if (value(DropoutOptions.FLAVOR).equals(Optional.of(Flavor.RAW))) {
            List<String> names = value(DropoutOptions.MODULE_PATH).orElse(List.of());
            requireLinen(DropoutOptions.MODULE_PATH, !names.isEmpty(), names);
            boolean separator = value(RngOptions.RNG_SEPARATOR).orElse(false);
            requireLinen(used(RngOptions.RNG_SEPARATOR), separator, true);
        }
    }

    private void requireLinen(ConfigOption<?> option, boolean isUsed, Object value) {
        if (isUsed) {
            options.problem(
                    "%s must not be set where dropout.flavor is raw, which has none, but is %s."
                            .formatted(option.key(), value));
        }
    }

    @SafeVarargs
    private void readFlags(ConfigOption<Boolean>... flags) {
        for (ConfigOption<Boolean> flag : flags) {
            read(flag, options::flag);
        }
    }

    private <T> void set(ConfigOption<T> option, Optional<T> value) {
        value.ifPresent(given -> values.set(option, given));
    }

    private <T> Optional<T> value(ConfigOption<T> option) {
        return values.getOptional(option);
    }

    /**
     * Whether a module path is hashed as that of a sample or a split; without a separator, the
     * names of a path are hashed as one text.
     */
    static boolean isOfSelection(List<String> names, boolean separator) {
        List<String> hashed =
                separator
                        ? names
                        : List.of(
                                names.stream()
                                        .filter(Objects::nonNull)
                                        .collect(Collectors.joining()));
        return hashed.equals(List.of(Sample.MODULE)) || hashed.equals(List.of(Split.MODULE));
    }

    /** Whether a name has a UTF-8 form, which one with half a surrogate pair lacks. */
    static boolean isUnicode(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
