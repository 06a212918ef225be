package org.mydropout.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;

/** Sets the options of a {@link DropoutConfig} by name; {@link #build} checks them all. */
@PublicEvolving
public final class DropoutConfigBuilder {

    private final Configuration values = new Configuration();

    private final List<Map<String, String>> layers = new ArrayList<>();

    DropoutConfigBuilder() {}

    /**
     * Adds a layer after those before it: one of {@link LayerOptions#LAYERS}.
     *
     * @param type such as {@code gaussian-noise}
     * @param options by their names, such as {@code stddev}; {@code name} is that of the submodule.
     *     A shape is a text, 28x28, or a list of numbers
     */
    public DropoutConfigBuilder layer(String type, Map<String, ?> options) {
        Map<String, String> layer = new LinkedHashMap<>();
        layer.put("type", type);
        options.forEach((name, value) -> layer.put(name, LayersReader.text(value)));
        layers.add(layer);
        return set(LayerOptions.LAYERS, layers);
    }

    /** Sets {@link DropoutOptions#RATE}. */
    public DropoutConfigBuilder rate(double rate) {
        return set(DropoutOptions.RATE, rate);
    }

    /** Sets {@link RngOptions#SEED}. */
    public DropoutConfigBuilder seed(long seed) {
        return set(RngOptions.SEED, seed);
    }

    /** Sets {@link RngOptions#DETERMINISTIC}. */
    public DropoutConfigBuilder deterministic(boolean deterministic) {
        return set(RngOptions.DETERMINISTIC, deterministic);
    }

    /** Sets {@link RngOptions#ID_TYPE}. */
    public DropoutConfigBuilder idType(IdType idType) {
        return set(RngOptions.ID_TYPE, idType);
    }

    /** Sets {@link RngOptions#STEP_TYPE}. */
    public DropoutConfigBuilder stepType(StepType stepType) {
        return set(RngOptions.STEP_TYPE, stepType);
    }

    /** Sets {@link RngOptions#STEP_FROM}. */
    public DropoutConfigBuilder stepFrom(StepSource stepFrom) {
        return set(RngOptions.STEP_FROM, stepFrom);
    }

    /** Sets {@link RngOptions#STEP}. */
    public DropoutConfigBuilder step(long step) {
        return set(RngOptions.STEP, step);
    }

    /** Sets {@link RngOptions#STEP_TTL}. */
    public DropoutConfigBuilder stepTtl(Duration stepTtl) {
        return set(RngOptions.STEP_TTL, stepTtl);
    }

    /** Sets {@link RngOptions#KEY_REUSE}. */
    public DropoutConfigBuilder keyReuse(KeyReuse keyReuse) {
        return set(RngOptions.KEY_REUSE, keyReuse);
    }

    /** Sets {@link DropoutOptions#FLAVOR}. */
    public DropoutConfigBuilder flavor(Flavor flavor) {
        return set(DropoutOptions.FLAVOR, flavor);
    }

    /** Sets {@link DropoutOptions#MODULE_PATH}. */
    public DropoutConfigBuilder modulePath(String... names) {
        return set(DropoutOptions.MODULE_PATH, List.of(names));
    }

    /** Sets {@link RngOptions#RNG_SEPARATOR}. */
    public DropoutConfigBuilder rngSeparator(boolean rngSeparator) {
        return set(RngOptions.RNG_SEPARATOR, rngSeparator);
    }

    /** Sets {@link RngOptions#PARTITIONABLE}. */
    public DropoutConfigBuilder partitionable(boolean partitionable) {
        return set(RngOptions.PARTITIONABLE, partitionable);
    }

    /** Sets {@link RngOptions#X64}. */
    public DropoutConfigBuilder x64(boolean x64) {
        return set(RngOptions.X64, x64);
    }

    /** Sets {@link DropoutOptions#SCALING}. */
    public DropoutConfigBuilder scaling(Scaling scaling) {
        return set(DropoutOptions.SCALING, scaling);
    }

    /** Sets {@link DropoutOptions#SUBNORMALS}. */
    public DropoutConfigBuilder subnormals(Subnormals subnormals) {
        return set(DropoutOptions.SUBNORMALS, subnormals);
    }

    /**
     * Returns the configuration, with defaults for the options that are not set.
     *
     * @throws InvalidDropoutConfigException with all problems at once
     */
    public DropoutConfig build() {
        return DropoutConfig.from(values);
    }

    private <T> DropoutConfigBuilder set(ConfigOption<T> option, T value) {
        values.set(option, value);
        return this;
    }
}
