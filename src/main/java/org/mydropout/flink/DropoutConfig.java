package org.mydropout.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.annotation.Nullable;
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
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * What {@link DropoutMapFunction} does, checked: {@link RngOptions} for the key of a record, and
 * either {@link DropoutOptions} for one dropout or {@link LayerOptions} for layers one after the
 * other. Immutable, and equal to every other one that says the same, whether in words or by
 * defaults.
 *
 * <pre>{@code
 * DropoutConfig config = DropoutConfig.builder().rate(0.1).seed(42).build();
 * DropoutConfig chain =
 *         DropoutConfig.builder()
 *                 .layer("dropout", Map.of("rate", 0.1))
 *                 .layer("gaussian-noise", Map.of("stddev", 0.05))
 *                 .seed(42)
 *                 .build();
 * }</pre>
 */
@PublicEvolving
public final class DropoutConfig implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The typed value of each option that is set or has a default. */
    private final Configuration values;

    /** Null where there is one dropout. */
    @Nullable
    @SuppressWarnings("serial") // List.copyOf is serializable, as the elements are
    private final List<LayerConfig> layers;

    private DropoutConfig(Configuration values, @Nullable List<LayerConfig> layers) {
        this.values = values;
        this.layers = layers;
    }

    /**
     * Reads and checks {@code dropout.*}, {@code rng.*} and {@code layers}; other options are not
     * looked at.
     *
     * @param config any Flink configuration, such as that of a job file; copied
     * @throws InvalidDropoutConfigException with all problems at once
     */
    public static DropoutConfig from(ReadableConfig config) {
        OptionReader options = new OptionReader(config);
        DropoutConfigReader reader = new DropoutConfigReader(options);
        Configuration values = reader.read();
        Optional<List<LayerConfig>> layers = reader.readLayers();
        if (!options.problems().isEmpty()) {
            throw new InvalidDropoutConfigException(options.problems());
        }
        return new DropoutConfig(values, layers.orElse(null));
    }

    /** Returns a builder on which nothing is set; a seed, and a rate or layers, are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** The layers, in order; empty where there is one dropout at the top level. */
    public Optional<List<LayerConfig>> layers() {
        return Optional.ofNullable(layers);
    }

    /**
     * Returns the same configuration, whose steps are those of the records.
     *
     * @see StepSource#RECORD
     */
    public DropoutConfig withStepsOfRecords() {
        Configuration ofRecords = new Configuration(values);
        ofRecords.set(RngOptions.STEP_FROM, StepSource.RECORD);
        ofRecords.removeKey(RngOptions.STEP.key());
        return new DropoutConfig(ofRecords, layers);
    }

    /** {@link DropoutOptions#RATE}, where there is one dropout. */
    public double rate() {
        return values.get(DropoutOptions.RATE);
    }

    /** {@link RngOptions#SEED}. */
    public long seed() {
        return values.get(RngOptions.SEED);
    }

    /** {@link RngOptions#DETERMINISTIC}. */
    public boolean deterministic() {
        return values.get(RngOptions.DETERMINISTIC);
    }

    /** {@link RngOptions#ID_TYPE}. */
    public IdType idType() {
        return values.get(RngOptions.ID_TYPE);
    }

    /** {@link RngOptions#STEP_TYPE}. */
    public StepType stepType() {
        return values.get(RngOptions.STEP_TYPE);
    }

    /** {@link RngOptions#STEP_FROM}. */
    public StepSource stepFrom() {
        return values.get(RngOptions.STEP_FROM);
    }

    /** {@link RngOptions#STEP}: present if and only if the step is constant. */
    public OptionalLong step() {
        return values.getOptional(RngOptions.STEP).stream().mapToLong(Long::longValue).findFirst();
    }

    /** {@link RngOptions#STEP_TTL}. */
    public Optional<Duration> stepTtl() {
        return values.getOptional(RngOptions.STEP_TTL);
    }

    /** {@link RngOptions#KEY_REUSE}. */
    public KeyReuse keyReuse() {
        return values.get(RngOptions.KEY_REUSE);
    }

    /** {@link DropoutOptions#FLAVOR}. */
    public Flavor flavor() {
        return values.get(DropoutOptions.FLAVOR);
    }

    /** {@link DropoutOptions#MODULE_PATH}: immutable. */
    public List<String> modulePath() {
        return values.get(DropoutOptions.MODULE_PATH);
    }

    /** {@link RngOptions#RNG_SEPARATOR}. */
    public boolean rngSeparator() {
        return values.get(RngOptions.RNG_SEPARATOR);
    }

    /** {@link RngOptions#PARTITIONABLE}. */
    public boolean partitionable() {
        return values.get(RngOptions.PARTITIONABLE);
    }

    /** {@link RngOptions#X64}. */
    public boolean x64() {
        return values.get(RngOptions.X64);
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
        JaxConfig jax = jax();
        return new KeyedTransform(
                keys(), layers == null ? List.of(dropout(jax)) : chain(jax), deterministic());
    }

    /**
     * Returns which records are in a sample, by the same keys.
     *
     * @param fraction the share of records that are in, from 0 to 1
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public Sample sample(double fraction) {
        return new Sample(keys(), rngSeparator(), jax(), fraction);
    }

    /**
     * Returns which part of a split a record is in, by the same keys.
     *
     * @param shares of the parts by name, in order: each above 0, with the sum 1
     * @throws IllegalArgumentException if they are not
     */
    public Split split(Map<String, Double> shares) {
        return new Split(keys(), rngSeparator(), jax(), shares);
    }

    private JaxConfig jax() {
        return new JaxConfig(partitionable(), x64());
    }

    private RecordKeys keys() {
        return new RecordKeys(PrngKey.of(seed(), jax()), idType(), stepType());
    }

    private KeyedLayer dropout(JaxConfig jax) {
        Layer layer = new MyDropout(rate(), scaling(), subnormals(), jax);
        return switch (flavor()) {
            case LINEN -> KeyedLayer.at(new ModulePath(modulePath(), rngSeparator()), layer);
            case RAW -> KeyedLayer.raw(layer);
        };
    }

    private List<KeyedLayer> chain(JaxConfig jax) {
        return layers.stream()
                .map(
                        layer ->
                                KeyedLayer.at(
                                        new ModulePath(List.of(layer.name()), rngSeparator()),
                                        layer.create(jax)))
                .toList();
    }

    /** Returns whether the other object is a DropoutConfig with the same values. */
    @Override
    public boolean equals(Object other) {
        // Configuration.equals also holds for a subset of the other's options.
        return other instanceof DropoutConfig that
                && values.equals(that.values)
                && that.values.equals(values)
                && Objects.equals(layers, that.layers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, layers);
    }

    /** Returns all options that have a value, in the order of their keys. */
    @Override
    public String toString() {
        return "DropoutConfig"
                + new TreeMap<>(values.toMap())
                + (layers == null ? "" : layers.toString());
    }

    /** Sets options by name; {@link #build} checks them all. */
    @PublicEvolving
    public static final class Builder {

        private final Configuration values = new Configuration();

        private final List<Map<String, String>> layers = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a layer after those before it: one of {@link LayerOptions#LAYERS}.
         *
         * @param type such as {@code gaussian-noise}
         * @param options by their names, such as {@code stddev}; {@code name} is that of the
         *     submodule
         */
        public Builder layer(String type, Map<String, ?> options) {
            Map<String, String> layer = new LinkedHashMap<>();
            layer.put("type", type);
            options.forEach((name, value) -> layer.put(name, String.valueOf(value)));
            layers.add(layer);
            return set(LayerOptions.LAYERS, layers);
        }

        /** Sets {@link DropoutOptions#RATE}. */
        public Builder rate(double rate) {
            return set(DropoutOptions.RATE, rate);
        }

        /** Sets {@link RngOptions#SEED}. */
        public Builder seed(long seed) {
            return set(RngOptions.SEED, seed);
        }

        /** Sets {@link RngOptions#DETERMINISTIC}. */
        public Builder deterministic(boolean deterministic) {
            return set(RngOptions.DETERMINISTIC, deterministic);
        }

        /** Sets {@link RngOptions#ID_TYPE}. */
        public Builder idType(IdType idType) {
            return set(RngOptions.ID_TYPE, idType);
        }

        /** Sets {@link RngOptions#STEP_TYPE}. */
        public Builder stepType(StepType stepType) {
            return set(RngOptions.STEP_TYPE, stepType);
        }

        /** Sets {@link RngOptions#STEP_FROM}. */
        public Builder stepFrom(StepSource stepFrom) {
            return set(RngOptions.STEP_FROM, stepFrom);
        }

        /** Sets {@link RngOptions#STEP}. */
        public Builder step(long step) {
            return set(RngOptions.STEP, step);
        }

        /** Sets {@link RngOptions#STEP_TTL}. */
        public Builder stepTtl(Duration stepTtl) {
            return set(RngOptions.STEP_TTL, stepTtl);
        }

        /** Sets {@link RngOptions#KEY_REUSE}. */
        public Builder keyReuse(KeyReuse keyReuse) {
            return set(RngOptions.KEY_REUSE, keyReuse);
        }

        /** Sets {@link DropoutOptions#FLAVOR}. */
        public Builder flavor(Flavor flavor) {
            return set(DropoutOptions.FLAVOR, flavor);
        }

        /** Sets {@link DropoutOptions#MODULE_PATH}. */
        public Builder modulePath(String... names) {
            return set(DropoutOptions.MODULE_PATH, List.of(names));
        }

        /** Sets {@link RngOptions#RNG_SEPARATOR}. */
        public Builder rngSeparator(boolean rngSeparator) {
            return set(RngOptions.RNG_SEPARATOR, rngSeparator);
        }

        /** Sets {@link RngOptions#PARTITIONABLE}. */
        public Builder partitionable(boolean partitionable) {
            return set(RngOptions.PARTITIONABLE, partitionable);
        }

        /** Sets {@link RngOptions#X64}. */
        public Builder x64(boolean x64) {
            return set(RngOptions.X64, x64);
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
