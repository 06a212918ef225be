package org.mydropout.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;

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
    public static DropoutConfigBuilder builder() {
        return new DropoutConfigBuilder();
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
        return new KernelFactory(this).transform();
    }

    /**
     * Returns which records are in a sample, by the same keys.
     *
     * @param fraction the share of records that are in, from 0 to 1
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public Sample sample(double fraction) {
        return new KernelFactory(this).sample(fraction);
    }

    /**
     * Returns which part of a split a record is in, by the same keys.
     *
     * @param shares of the parts by name, in order: each above 0, with the sum 1
     * @throws IllegalArgumentException if they are not
     */
    public Split split(Map<String, Double> shares) {
        return new KernelFactory(this).split(shares);
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
}
