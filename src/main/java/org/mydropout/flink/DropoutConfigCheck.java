package org.mydropout.flink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;

/** The rules that {@link DropoutOptions} must meet, alone and together. */
@Internal
final class DropoutConfigCheck {

    private final ReadableConfig source;
    private final Configuration values = new Configuration();
    private final Set<ConfigOption<?>> unreadable = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private DropoutConfigCheck(ReadableConfig source) {
        this.source = source;
    }

    /**
     * Returns each option that has a value, by default or not, as its typed value.
     *
     * @throws InvalidDropoutConfigException with all problems at once
     */
    static Configuration checked(ReadableConfig source) {
        DropoutConfigCheck check = new DropoutConfigCheck(source);
        check.readAll();
        check.checkRate();
        check.checkStep();
        check.checkStepTtl();
        check.checkModulePath();
        if (!check.problems.isEmpty()) {
            throw new InvalidDropoutConfigException(check.problems);
        }
        return check.values;
    }

    private void readAll() {
        readRequired(DropoutOptions.RATE, "a number from 0 to 1, the probability of a drop");
        readRequired(DropoutOptions.SEED, "an integer of at most 64 bits");
        read(DropoutOptions.DETERMINISTIC, "true or false");
        read(DropoutOptions.ID_TYPE, oneOf(IdType.values()));
        read(DropoutOptions.STEP_TYPE, oneOf(StepType.values()));
        read(DropoutOptions.STEP_FROM, oneOf(StepSource.values()));
        read(DropoutOptions.STEP, "an integer of at most 64 bits");
        read(DropoutOptions.STEP_TTL, "a duration, such as 7 d or 90 min");
        read(DropoutOptions.KEY_REUSE, oneOf(KeyReuse.values()));
        read(DropoutOptions.FLAVOR, oneOf(Flavor.values()));
        read(DropoutOptions.MODULE_PATH, "a list of names, such as Block_0;MyDropout_0");
        value(DropoutOptions.MODULE_PATH)
                .map(names -> Collections.unmodifiableList(new ArrayList<>(names)))
                .ifPresent(names -> values.set(DropoutOptions.MODULE_PATH, names));
        read(DropoutOptions.RNG_SEPARATOR, "true or false");
        read(DropoutOptions.PARTITIONABLE, "true or false");
        read(DropoutOptions.X64, "true or false");
        read(DropoutOptions.SCALING, oneOf(Scaling.values()));
        read(DropoutOptions.SUBNORMALS, oneOf(Subnormals.values()));
    }

    private void checkRate() {
        value(DropoutOptions.RATE)
                .filter(rate -> !(rate >= 0 && rate <= 1))
                .ifPresent(
                        rate ->
                                problems.add(
                                        mustBe(
                                                DropoutOptions.RATE,
                                                "a number from 0 to 1, the probability of a drop",
                                                rate)));
    }

    private void checkStep() {
        Optional<StepSource> stepFrom = value(DropoutOptions.STEP_FROM);
        Optional<Long> step = value(DropoutOptions.STEP);
        if (stepFrom.isPresent() && !unreadable.contains(DropoutOptions.STEP)) {
            boolean constant = stepFrom.get() == StepSource.CONSTANT;
            if (constant && step.isEmpty()) {
                problems.add(
                        "dropout.step is required when dropout.step-from is constant, but it is"
                                + " not set: it is the step of every record.");
            } else if (!constant && step.isPresent()) {
                problems.add(
                        "dropout.step must not be set unless dropout.step-from is constant, as it"
                                + " would have no effect: dropout.step is "
                                + step.get()
                                + " and dropout.step-from is "
                                + stepFrom.get()
                                + ".");
            }
        }
        Optional<StepType> stepType = value(DropoutOptions.STEP_TYPE);
        if (step.isPresent() && stepType.isPresent() && !stepType.get().contains(step.get())) {
            problems.add(
                    mustBe(
                            DropoutOptions.STEP,
                            "from 0 to "
                                    + Long.toUnsignedString(stepType.get().max())
                                    + " when dropout.step-type is "
                                    + stepType.get(),
                            step.get()));
        }
    }

    private void checkStepTtl() {
        Optional<Duration> ttl = value(DropoutOptions.STEP_TTL);
        if (ttl.isEmpty()) {
            return;
        }
        if (ttl.get().compareTo(Duration.ofMillis(1)) < 0
                || ttl.get().compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            problems.add(
                    mustBe(
                            DropoutOptions.STEP_TTL,
                            "at least one millisecond, and a number of milliseconds of at most 64"
                                    + " bits",
                            ttl.get()));
        }
        Optional<StepSource> stepFrom = value(DropoutOptions.STEP_FROM);
        Optional<KeyReuse> keyReuse = value(DropoutOptions.KEY_REUSE);
        if (stepFrom.isPresent()
                && stepFrom.get() != StepSource.COUNTER
                && keyReuse.isPresent()
                && keyReuse.get() == KeyReuse.ALLOW) {
            problems.add(
                    "dropout.step-ttl must not be set unless dropout.step-from is counter or"
                            + " dropout.key-reuse is count or fail, as there is no state to"
                            + " forget: dropout.step-ttl is "
                            + ttl.get()
                            + ", dropout.step-from is "
                            + stepFrom.get()
                            + " and dropout.key-reuse is allow.");
        }
    }

    private void checkModulePath() {
        List<String> names = value(DropoutOptions.MODULE_PATH).orElse(List.of());
        if (names.stream().anyMatch(name -> name == null || name.isEmpty())) {
            problems.add(
                    mustBe(
                            DropoutOptions.MODULE_PATH,
                            "a list of names, none of them empty",
                            names));
        }
        if (names.stream().anyMatch(name -> name != null && !isUnicode(name))) {
            problems.add(
                    mustBe(
                            DropoutOptions.MODULE_PATH,
                            "a list of names that have a UTF-8 form, without unpaired surrogates",
                            names));
        }
        if (value(DropoutOptions.FLAVOR).filter(Flavor.RAW::equals).isEmpty()) {
            return;
        }
        if (!names.isEmpty()) {
            problems.add(needsLinen(DropoutOptions.MODULE_PATH, names));
        }
        if (value(DropoutOptions.RNG_SEPARATOR).orElse(false)) {
            problems.add(needsLinen(DropoutOptions.RNG_SEPARATOR, true));
        }
    }

    private <T> void readRequired(ConfigOption<T> option, String rule) {
        read(option, rule);
        if (value(option).isEmpty() && !unreadable.contains(option)) {
            problems.add(option.key() + " is required, but it is not set: it is " + rule + ".");
        }
    }

    private <T> void read(ConfigOption<T> option, String rule) {
        try {
            T value = source.get(option);
            if (value != null) {
                values.set(option, value);
            }
        } catch (IllegalArgumentException e) {
            unreadable.add(option);
            problems.add(mustBe(option, rule, text(option)));
        }
    }

    private <T> Optional<T> value(ConfigOption<T> option) {
        return values.getOptional(option);
    }

    private String text(ConfigOption<?> option) {
        return source.get(ConfigOptions.key(option.key()).stringType().noDefaultValue());
    }

    private static String mustBe(ConfigOption<?> option, String rule, Object value) {
        return option.key() + " must be " + rule + ", but it is " + value + ".";
    }

    private static String needsLinen(ConfigOption<?> option, Object value) {
        return option.key()
                + " must not be set when dropout.flavor is raw, as it would have no effect: it is "
                + value
                + ".";
    }

    private static String oneOf(Enum<?>... constants) {
        return "one of "
                + Arrays.stream(constants)
                        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private static boolean isUnicode(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
