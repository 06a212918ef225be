package org.mydropout.flink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.StepType;

/** Reads the {@link DropoutOptions} and checks each alone and all together. */
final class DropoutConfigReader {

    private static final String INTEGER = "an integer of at most 64 bits";

    private static final Duration MIN_TTL = Duration.ofMillis(1);
    private static final Duration MAX_TTL = Duration.ofMillis(Long.MAX_VALUE);

    private final OptionReader options;
    private final Configuration values = new Configuration();

    DropoutConfigReader(OptionReader options) {
        this.options = options;
    }

    /** Returns the typed value of each option that is set and readable, or has a default. */
    Configuration read() {
        set(
                DropoutOptions.RATE,
                options.required(
                        DropoutOptions.RATE,
                        "a number from 0 to 1, the probability of a drop",
                        rate -> rate >= 0 && rate <= 1));
        set(DropoutOptions.SEED, options.required(DropoutOptions.SEED, INTEGER));
        set(DropoutOptions.STEP, options.optional(DropoutOptions.STEP, INTEGER));
        readFlags(
                DropoutOptions.DETERMINISTIC,
                DropoutOptions.RNG_SEPARATOR,
                DropoutOptions.PARTITIONABLE,
                DropoutOptions.X64);
        readConstant(DropoutOptions.ID_TYPE);
        readConstant(DropoutOptions.STEP_TYPE);
        readConstant(DropoutOptions.STEP_FROM);
        readConstant(DropoutOptions.KEY_REUSE);
        readConstant(DropoutOptions.FLAVOR);
        readConstant(DropoutOptions.SCALING);
        readConstant(DropoutOptions.SUBNORMALS);
        readStepTtl();
        readModulePath();
        checkStep();
        checkFlavor();
        return values;
    }

    private void readStepTtl() {
        Optional<Duration> ttl =
                options.optional(DropoutOptions.STEP_TTL, "a duration, such as 7 d or 90 min");
        set(DropoutOptions.STEP_TTL, ttl);
        if (ttl.isEmpty()) {
            return;
        }
        if (ttl.get().compareTo(MIN_TTL) < 0 || ttl.get().compareTo(MAX_TTL) > 0) {
            options.mustBe(
                    DropoutOptions.STEP_TTL,
                    "at least one millisecond, and a number of milliseconds of at most 64 bits",
                    ttl.get());
        }
        Optional<StepSource> stepFrom = value(DropoutOptions.STEP_FROM);
        Optional<KeyReuse> keyReuse = value(DropoutOptions.KEY_REUSE);
        if (stepFrom.isPresent()
                && stepFrom.get() != StepSource.COUNTER
                && keyReuse.equals(Optional.of(KeyReuse.ALLOW))) {
            options.problem(
                    ("dropout.step-ttl must not be set unless dropout.step-from is counter or"
                                    + " dropout.key-reuse is count or fail, but is %s while they are"
                                    + " %s and allow: there is no state to forget.")
                            .formatted(ttl.get(), stepFrom.get()));
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
        set(
                DropoutOptions.MODULE_PATH,
                path.map(given -> Collections.unmodifiableList(new ArrayList<>(given))));
    }

    private void checkStep() {
        Optional<StepSource> stepFrom = value(DropoutOptions.STEP_FROM);
        Optional<Long> step = value(DropoutOptions.STEP);
        boolean constant = stepFrom.equals(Optional.of(StepSource.CONSTANT));
        if (constant && !options.isSet(DropoutOptions.STEP)) {
            options.problem(
                    "dropout.step must be set, to the step of every record, where"
                            + " dropout.step-from is constant.");
        } else if (stepFrom.isPresent() && !constant && step.isPresent()) {
            options.problem(
                    "dropout.step must not be set unless dropout.step-from is constant, but is %d while that is %s."
                            .formatted(step.get(), stepFrom.get()));
        }
        Optional<StepType> stepType = value(DropoutOptions.STEP_TYPE);
        if (step.isPresent() && stepType.isPresent() && !stepType.get().contains(step.get())) {
            options.mustBe(
                    DropoutOptions.STEP,
                    "from 0 to %s where dropout.step-type is %s"
                            .formatted(Long.toUnsignedString(stepType.get().max()), stepType.get()),
                    step.get());
        }
    }

    private void checkFlavor() {
        if (value(DropoutOptions.FLAVOR).equals(Optional.of(Flavor.RAW))) {
            List<String> names = value(DropoutOptions.MODULE_PATH).orElse(List.of());
            requireLinen(DropoutOptions.MODULE_PATH, !names.isEmpty(), names);
            boolean separator = value(DropoutOptions.RNG_SEPARATOR).orElse(false);
            requireLinen(DropoutOptions.RNG_SEPARATOR, separator, true);
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
            set(flag, options.flag(flag));
        }
    }

    private <E extends Enum<E>> void readConstant(ConfigOption<E> option) {
        set(option, options.oneOf(option));
    }

    private <T> void set(ConfigOption<T> option, Optional<T> value) {
        value.ifPresent(given -> values.set(option, given));
    }

    private <T> Optional<T> value(ConfigOption<T> option) {
        return values.getOptional(option);
    }

    private static boolean isUnicode(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
