package org.mydropout.flink;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.math.XlaMath;

/** Reads {@link RngOptions}, or those of {@link DropoutOptions} that they fall back to. */
final class RngOptionsReader {

    private static final String INTEGER = "an integer of at most 64 bits";

    private static final Duration MIN_TTL = Duration.ofMillis(1);
    private static final Duration MAX_TTL = Duration.ofMillis(Long.MAX_VALUE);

    private final OptionReader options;
    private final boolean layered;
    private final Configuration values;
    private final ConfigOption<StepSource> stepFrom;
    private final ConfigOption<Long> step;
    private final ConfigOption<StepType> stepType;
    private final ConfigOption<KeyReuse> keyReuse;

    /**
     * @param layered whether layers are set
     * @param values receives the typed values, by {@link RngOptions}
     */
    RngOptionsReader(OptionReader options, boolean layered, Configuration values) {
        this.options = options;
        this.layered = layered;
        this.values = values;
        this.stepFrom = used(RngOptions.STEP_FROM);
        this.step = used(RngOptions.STEP);
        this.stepType = used(RngOptions.STEP_TYPE);
        this.keyReuse = used(RngOptions.KEY_REUSE);
    }

    /** Reads each option, and checks them together. */
    void read() {
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
    }

    /** Refuses an option and its fallback that are both set, to different values. */
    void checkFallbacks() {
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
    <T> ConfigOption<T> used(ConfigOption<T> option) {
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
}
