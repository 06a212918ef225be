package org.mydropout.flink;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.math.XlaMath;

/**
 * The {@code rng.*} options: how the key of a record is derived, whatever its layers are. Where one
 * is not set, {@link DropoutOptions} of the same name are their fallback keys.
 */
@PublicEvolving
public final class RngOptions {

    /** Seed of the base key. */
    public static final ConfigOption<Long> SEED =
            key("rng.seed")
                    .longType()
                    .noDefaultValue()
                    .withFallbackKeys(DropoutOptions.SEED.key())
                    .withDescription(
                            "A signed 64-bit integer. The base key is jax.random.key(seed). While rng.x64 is false, only the low 32 bits count, as in JAX. Not set, dropout.seed counts.");

    /** Whether every layer is called with {@code deterministic=True}. */
    public static final ConfigOption<Boolean> DETERMINISTIC =
            key("rng.deterministic")
                    .booleanType()
                    .defaultValue(false)
                    .withFallbackKeys(DropoutOptions.DETERMINISTIC.key())
                    .withDescription(
                            "Calls every layer with Flax's argument of this name. No key is derived. Every vector passes unchanged, but categorical takes the greatest logit. Not set, dropout.deterministic counts.");

    /** Type of the record id. */
    public static final ConfigOption<IdType> ID_TYPE =
            key("rng.id-type")
                    .enumType(IdType.class)
                    .defaultValue(IdType.UINT32)
                    .withFallbackKeys(DropoutOptions.ID_TYPE.key())
                    .withDescription(
                            "How the id enters the key, as described for dropout.id-type. Not set, dropout.id-type counts.");

    /** Type of the step. */
    public static final ConfigOption<StepType> STEP_TYPE =
            key("rng.step-type")
                    .enumType(StepType.class)
                    .defaultValue(StepType.UINT32)
                    .withFallbackKeys(DropoutOptions.STEP_TYPE.key())
                    .withDescription(
                            "How the step enters the key, as described for dropout.step-type. Not set, dropout.step-type counts.");

    /** Where the step comes from. */
    public static final ConfigOption<StepSource> STEP_FROM =
            key("rng.step-from")
                    .enumType(StepSource.class)
                    .defaultValue(StepSource.RECORD)
                    .withFallbackKeys(DropoutOptions.STEP_FROM.key())
                    .withDescription(
                            "Where the step of a record comes from, as described for dropout.step-from. Not set, dropout.step-from counts.");

    /** The step of every record, for {@link StepSource#CONSTANT}. */
    public static final ConfigOption<Long> STEP =
            key("rng.step")
                    .longType()
                    .noDefaultValue()
                    .withFallbackKeys(DropoutOptions.STEP.key())
                    .withDescription(
                            "The step of every record. Required with rng.step-from: constant, and refused without it. Not set, dropout.step counts.");

    /** How long an idle id is remembered. */
    public static final ConfigOption<Duration> STEP_TTL =
            key("rng.step-ttl")
                    .durationType()
                    .noDefaultValue()
                    .withFallbackKeys(DropoutOptions.STEP_TTL.key())
                    .withDescription(
                            "How long an idle id is remembered, as described for dropout.step-ttl. Not set, dropout.step-ttl counts.");

    /** What to do when a key may be in use again. */
    public static final ConfigOption<KeyReuse> KEY_REUSE =
            key("rng.key-reuse")
                    .enumType(KeyReuse.class)
                    .defaultValue(KeyReuse.ALLOW)
                    .withFallbackKeys(DropoutOptions.KEY_REUSE.key())
                    .withDescription(
                            "What happens when the step of a record is not greater than every earlier step of its id, as described for dropout.key-reuse. Not set, dropout.key-reuse counts.");

    /** Flax's {@code flax_fix_rng_separator}. */
    public static final ConfigOption<Boolean> RNG_SEPARATOR =
            key("rng.rng-separator")
                    .booleanType()
                    .defaultValue(false)
                    .withFallbackKeys(DropoutOptions.RNG_SEPARATOR.key())
                    .withDescription(
                            "Flax's flag flax_fix_rng_separator. It hashes a zero byte before each part of the module path. Not set, dropout.rng-separator counts.");

    /** JAX's {@code jax_threefry_partitionable}. */
    public static final ConfigOption<Boolean> PARTITIONABLE =
            key("rng.partitionable")
                    .booleanType()
                    .defaultValue(true)
                    .withFallbackKeys(DropoutOptions.PARTITIONABLE.key())
                    .withDescription(
                            "JAX's flag jax_threefry_partitionable, true since JAX 0.5.0. Not set, dropout.partitionable counts.");

    /** JAX's {@code jax_enable_x64}. */
    public static final ConfigOption<Boolean> X64 =
            key("rng.x64")
                    .booleanType()
                    .defaultValue(false)
                    .withFallbackKeys(DropoutOptions.X64.key())
                    .withDescription(
                            "JAX's flag jax_enable_x64. Seeds then have 64 bits. Not set, dropout.x64 counts.");

    /** The profile of XLA's float32 functions. */
    public static final ConfigOption<String> PROFILE =
            key("rng.profile")
                    .stringType()
                    .defaultValue(XlaMath.PROFILE)
                    .withDescription(
                            "Which XLA the float32 functions are those of, such as log and erf_inv in"
                                    + " normal noise. xla-2026 is the only profile so far: JAX 0.8 to"
                                    + " 0.10 on CPUs with FMA.");

    /** The option of {@link DropoutOptions} that each falls back to. */
    static final Map<ConfigOption<?>, ConfigOption<?>> FALLBACKS = fallbacks();

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SEED,
                    DETERMINISTIC,
                    ID_TYPE,
                    STEP_TYPE,
                    STEP_FROM,
                    STEP,
                    STEP_TTL,
                    KEY_REUSE,
                    RNG_SEPARATOR,
                    PARTITIONABLE,
                    X64,
                    PROFILE);

    private RngOptions() {}

    /** Takes an option and its fallback away. */
    public static void remove(Configuration configuration, ConfigOption<?> option) {
        configuration.removeKey(option.key());
        configuration.removeKey(FALLBACKS.get(option).key());
    }

    /** The other option that says the same: the fallback of one, or the one of a fallback. */
    public static List<ConfigOption<?>> namesakes(ConfigOption<?> option) {
        return FALLBACKS.entrySet().stream()
                .filter(pair -> pair.getKey().equals(option) || pair.getValue().equals(option))
                .<ConfigOption<?>>map(
                        pair -> pair.getKey().equals(option) ? pair.getValue() : pair.getKey())
                .toList();
    }

    /**
     * What a configuration calls an option: by the name that is set, and if none is, by its own
     * where {@code layers} or any other of these options are set, or by its fallback.
     */
    public static String nameIn(Configuration configuration, ConfigOption<?> option) {
        String fallback = FALLBACKS.get(option).key();
        boolean usesOwn =
                configuration.containsKey(LayerOptions.LAYERS.key())
                        || ALL.stream().anyMatch(own -> configuration.containsKey(own.key()));
        return configuration.containsKey(option.key())
                        || (usesOwn && !configuration.containsKey(fallback))
                ? option.key()
                : fallback;
    }

    private static Map<ConfigOption<?>, ConfigOption<?>> fallbacks() {
        Map<ConfigOption<?>, ConfigOption<?>> fallbacks = new LinkedHashMap<>();
        fallbacks.put(SEED, DropoutOptions.SEED);
        fallbacks.put(DETERMINISTIC, DropoutOptions.DETERMINISTIC);
        fallbacks.put(ID_TYPE, DropoutOptions.ID_TYPE);
        fallbacks.put(STEP_TYPE, DropoutOptions.STEP_TYPE);
        fallbacks.put(STEP_FROM, DropoutOptions.STEP_FROM);
        fallbacks.put(STEP, DropoutOptions.STEP);
        fallbacks.put(STEP_TTL, DropoutOptions.STEP_TTL);
        fallbacks.put(KEY_REUSE, DropoutOptions.KEY_REUSE);
        fallbacks.put(RNG_SEPARATOR, DropoutOptions.RNG_SEPARATOR);
        fallbacks.put(PARTITIONABLE, DropoutOptions.PARTITIONABLE);
        fallbacks.put(X64, DropoutOptions.X64);
        return fallbacks;
    }
}
