package org.mydropout.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Layer;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * Checked values of the {@link DropoutOptions}. Immutable. A value that is set and the same value
 * by default are equal.
 *
 * <pre>{@code
 * DropoutConfig config = DropoutConfig.builder().rate(0.1).seed(42).build();
 * }</pre>
 */
@PublicEvolving
public final class DropoutConfig implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The typed value of each option that is set or has a default. */
    private final Configuration values;

    private DropoutConfig(Configuration values) {
        this.values = values;
    }

    /**
     * Reads and checks the {@code dropout.*} options and ignores all others.
     *
     * @param config any Flink configuration, such as that of a job file; copied
     * @throws InvalidDropoutConfigException with all problems at once
     */
    public static DropoutConfig from(ReadableConfig config) {
        OptionReader options = new OptionReader(config);
        Configuration values = new DropoutConfigReader(options).read();
        if (!options.problems().isEmpty()) {
            throw new InvalidDropoutConfigException(options.problems());
        }
        return new DropoutConfig(values);
    }

    /** Returns an empty builder. Rate and seed are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@link DropoutOptions#RATE}. */
    public double rate() {
        return values.get(DropoutOptions.RATE);
    }

    /** {@link DropoutOptions#SEED}. */
    public long seed() {
        return values.get(DropoutOptions.SEED);
    }

    /** {@link DropoutOptions#DETERMINISTIC}. */
    public boolean deterministic() {
        return values.get(DropoutOptions.DETERMINISTIC);
    }

    /** {@link DropoutOptions#ID_TYPE}. */
    public IdType idType() {
        return values.get(DropoutOptions.ID_TYPE);
    }

    /** {@link DropoutOptions#STEP_TYPE}. */
    public StepType stepType() {
        return values.get(DropoutOptions.STEP_TYPE);
    }

    /** {@link DropoutOptions#STEP_FROM}. */
    public StepSource stepFrom() {
        return values.get(DropoutOptions.STEP_FROM);
    }

    /** {@link DropoutOptions#STEP}: present if and only if the step is constant. */
    public OptionalLong step() {
        return values.getOptional(DropoutOptions.STEP).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** {@link DropoutOptions#STEP_TTL}. */
    public Optional<Duration> stepTtl() {
        return values.getOptional(DropoutOptions.STEP_TTL);
    }

    /** {@link DropoutOptions#KEY_REUSE}. */
    public KeyReuse keyReuse() {
        return values.get(DropoutOptions.KEY_REUSE);
    }

    /** {@link DropoutOptions#FLAVOR}. */
    public Flavor flavor() {
        return values.get(DropoutOptions.FLAVOR);
    }

    /** {@link DropoutOptions#MODULE_PATH}: immutable. */
    public List<String> modulePath() {
        return values.get(DropoutOptions.MODULE_PATH);
    }

    /** {@link DropoutOptions#RNG_SEPARATOR}. */
    public boolean rngSeparator() {
        return values.get(DropoutOptions.RNG_SEPARATOR);
    }

    /** {@link DropoutOptions#PARTITIONABLE}. */
    public boolean partitionable() {
        return values.get(DropoutOptions.PARTITIONABLE);
    }

    /** {@link DropoutOptions#X64}. */
    public boolean x64() {
        return values.get(DropoutOptions.X64);
    }

    /** {@link DropoutOptions#SCALING}. */
    public Scaling scaling() {
        return values.get(DropoutOptions.SCALING);
    }

    /** {@link DropoutOptions#SUBNORMALS}. */
    public Subnormals subnormals() {
        return values.get(DropoutOptions.SUBNORMALS);
    }

    /**
     * Returns the transform of a record, (id, step, vector) to vector, that these options describe.
     * Everything that draws by these options uses this transform.
     */
    public KeyedTransform transform() {
        JaxConfig jax = new JaxConfig(partitionable(), x64());
        RecordKeys keys = new RecordKeys(PrngKey.of(seed(), jax), idType(), stepType());
        if (deterministic()) {
            return new KeyedTransform(keys, List.of());
        }
        Layer layer = new MyDropout(rate(), scaling(), subnormals(), jax);
        return new KeyedTransform(
                keys,
                List.of(
                        switch (flavor()) {
                            case LINEN ->
                                    KeyedLayer.at(
                                            new ModulePath(modulePath(), rngSeparator()), layer);
                            case RAW -> KeyedLayer.raw(layer);
                        }));
    }

    /** Returns whether the other object is a DropoutConfig with the same values. */
    @Override
    public boolean equals(Object other) {
        // Configuration.equals also holds for a subset of the other's options.
        return other instanceof DropoutConfig that
                && values.equals(that.values)
                && that.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns all options that have a value, in the order of their keys. */
    @Override
    public String toString() {
        return "DropoutConfig" + new TreeMap<>(values.toMap());
    }

    /** Sets options by name; {@link #build} checks them all. */
    @PublicEvolving
    public static final class Builder {

        private final Configuration values = new Configuration();

        private Builder() {}

        /** Sets {@link DropoutOptions#RATE}. */
        public Builder rate(double rate) {
            return set(DropoutOptions.RATE, rate);
        }

        /** Sets {@link DropoutOptions#SEED}. */
        public Builder seed(long seed) {
            return set(DropoutOptions.SEED, seed);
        }

        /** Sets {@link DropoutOptions#DETERMINISTIC}. */
        public Builder deterministic(boolean deterministic) {
            return set(DropoutOptions.DETERMINISTIC, deterministic);
        }

        /** Sets {@link DropoutOptions#ID_TYPE}. */
        public Builder idType(IdType idType) {
            return set(DropoutOptions.ID_TYPE, idType);
        }

        /** Sets {@link DropoutOptions#STEP_TYPE}. */
        public Builder stepType(StepType stepType) {
            return set(DropoutOptions.STEP_TYPE, stepType);
        }

        /** Sets {@link DropoutOptions#STEP_FROM}. */
        public Builder stepFrom(StepSource stepFrom) {
            return set(DropoutOptions.STEP_FROM, stepFrom);
        }

        /** Sets {@link DropoutOptions#STEP}. */
        public Builder step(long step) {
            return set(DropoutOptions.STEP, step);
        }

        /** Sets {@link DropoutOptions#STEP_TTL}. */
        public Builder stepTtl(Duration stepTtl) {
            return set(DropoutOptions.STEP_TTL, stepTtl);
        }

        /** Sets {@link DropoutOptions#KEY_REUSE}. */
        public Builder keyReuse(KeyReuse keyReuse) {
            return set(DropoutOptions.KEY_REUSE, keyReuse);
        }

        /** Sets {@link DropoutOptions#FLAVOR}. */
        public Builder flavor(Flavor flavor) {
            return set(DropoutOptions.FLAVOR, flavor);
        }

        /** Sets {@link DropoutOptions#MODULE_PATH}. */
        public Builder modulePath(String... names) {
            return set(DropoutOptions.MODULE_PATH, List.of(names));
        }

        /** Sets {@link DropoutOptions#RNG_SEPARATOR}. */
        public Builder rngSeparator(boolean rngSeparator) {
            return set(DropoutOptions.RNG_SEPARATOR, rngSeparator);
        }

        /** Sets {@link DropoutOptions#PARTITIONABLE}. */
        public Builder partitionable(boolean partitionable) {
            return set(DropoutOptions.PARTITIONABLE, partitionable);
        }

        /** Sets {@link DropoutOptions#X64}. */
        public Builder x64(boolean x64) {
            return set(DropoutOptions.X64, x64);
        }

        /** Sets {@link DropoutOptions#SCALING}. */
        public Builder scaling(Scaling scaling) {
            return set(DropoutOptions.SCALING, scaling);
        }

        /** Sets {@link DropoutOptions#SUBNORMALS}. */
        public Builder subnormals(Subnormals subnormals) {
            return set(DropoutOptions.SUBNORMALS, subnormals);
        }

        /**
         * Returns the configuration, with defaults for the options that are not set.
         *
         * @throws InvalidDropoutConfigException with all problems at once
         */
        public DropoutConfig build() {
            return from(values);
        }

        private <T> Builder set(ConfigOption<T> option, T value) {
            values.set(option, value);
            return this;
        }
    }
}
