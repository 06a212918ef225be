package org.mydropout.flink;

import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;

/**
 * The {@code dropout.*} options. What they say together is checked by {@link DropoutConfig#from}.
 *
 * <p>"Mask" below means which elements are dropped; options that leave the mask alone say so.
 */
@PublicEvolving
public final class DropoutOptions {

    /** Drop probability, from 0 to 1. */
    public static final ConfigOption<Double> RATE =
            ConfigOptions.key("dropout.rate")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. The probability, from 0 to 1, that an element is dropped."
                                    + " An element is kept when its uniform draw is below 1 - rate;"
                                    + " the draws do not depend on the rate, so a higher rate drops"
                                    + " what a lower one drops, and more. Kept elements are scaled"
                                    + " by 1 / (1 - rate). 0: every vector passes unchanged and no"
                                    + " key is derived.");

    /** Seed of the base key. */
    public static final ConfigOption<Long> SEED =
            ConfigOptions.key("dropout.seed")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. A signed 64-bit integer; jax.random.key(seed) is the base"
                                    + " key, so each seed has its own masks. While dropout.x64 is"
                                    + " false only its low 32 bits count, as in JAX.");

    /** Whether dropout is switched off. */
    public static final ConfigOption<Boolean> DETERMINISTIC =
            ConfigOptions.key("dropout.deterministic")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Flax's argument of this name. true: every vector passes unchanged,"
                                    + " and no key is derived.");

    /** Type of the record id. */
    public static final ConfigOption<IdType> ID_TYPE =
            ConfigOptions.key("dropout.id-type")
                    .enumType(IdType.class)
                    .defaultValue(IdType.UINT32)
                    .withDescription(
                            "How the id is folded into the base key: uint32 in one fold_in; uint64"
                                    + " in two, high word first; string in two, from its SHA-256."
                                    + " So the same number has other masks under another type.");

    /** Type of the step. */
    public static final ConfigOption<StepType> STEP_TYPE =
            ConfigOptions.key("dropout.step-type")
                    .enumType(StepType.class)
                    .defaultValue(StepType.UINT32)
                    .withDescription(
                            "How the step is folded in after the id: uint32 in one fold_in; uint64"
                                    + " in two, high word first. So the same number has other masks"
                                    + " under the other type.");

    /** Where the step comes from. */
    public static final ConfigOption<StepSource> STEP_FROM =
            ConfigOptions.key("dropout.step-from")
                    .enumType(StepSource.class)
                    .defaultValue(StepSource.RECORD)
                    .withDescription(
                            "record: a field of the record, so the mask is a pure function of the"
                                    + " record. constant: dropout.step, so an id has one mask."
                                    + " counter: keyed state counts the records of an id from 0 in"
                                    + " the order in which they arrive, which another run need not"
                                    + " repeat; the output carries the step used.");

    /** The step of every record, for {@link StepSource#CONSTANT}. */
    public static final ConfigOption<Long> STEP =
            ConfigOptions.key("dropout.step")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "For step-from: constant, and required there. The step of every record,"
                                    + " an epoch for example; each value has its own masks.");

    /** How long an idle id is remembered. */
    public static final ConfigOption<Duration> STEP_TTL =
            ConfigOptions.key("dropout.step-ttl")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "For step-from: counter, or a key-reuse guard: what is known of an id is"
                                    + " forgotten when it was idle for this long, by the wall clock."
                                    + " A forgotten id counts from 0 again, so its masks come again,"
                                    + " and the guard does not see that. Without it the state of an"
                                    + " id stays for ever.");

    /** What to do when a key may be in use again. */
    public static final ConfigOption<KeyReuse> KEY_REUSE =
            ConfigOptions.key("dropout.key-reuse")
                    .enumType(KeyReuse.class)
                    .defaultValue(KeyReuse.ALLOW)
                    .withDescription(
                            "A guard that keeps the greatest step of each id. A record whose step is"
                                    + " not greater than that is let through (allow: no state is"
                                    + " kept), counted in the metric keysReused (count), or fails"
                                    + " the job (fail). It changes no bits.");

    /** Which JAX program draws the mask. */
    public static final ConfigOption<Flavor> FLAVOR =
            ConfigOptions.key("dropout.flavor")
                    .enumType(Flavor.class)
                    .defaultValue(Flavor.LINEN)
                    .withDescription(
                            "linen: the mask of Flax Linen's Module.apply(..., rngs={'dropout':"
                                    + " key}), which folds a hash of module path and call count"
                                    + " into the record's key. raw: the record's key is sampled as"
                                    + " it is, as jax.random.bernoulli or a bare key given to"
                                    + " nnx.Dropout does. Other masks.");

    /** Path of the layer inside a Linen model. */
    public static final ConfigOption<List<String>> MODULE_PATH =
            ConfigOptions.key("dropout.module-path")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "For flavor: linen. The submodule names from the top of the model to"
                                    + " the layer, such as Block_0;MyDropout_0: each path has its"
                                    + " own masks. Empty: the layer is the top-level module.");

    /** Flax's {@code flax_fix_rng_separator}. */
    public static final ConfigOption<Boolean> RNG_SEPARATOR =
            ConfigOptions.key("dropout.rng-separator")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "For flavor: linen. Flax's flag flax_fix_rng_separator: hashes a zero"
                                    + " byte before each part of the module path, which gives other"
                                    + " masks.");

    /** JAX's {@code jax_threefry_partitionable}. */
    public static final ConfigOption<Boolean> PARTITIONABLE =
            ConfigOptions.key("dropout.partitionable")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "JAX's flag jax_threefry_partitionable, true since JAX 0.5.0. false"
                                    + " gives the masks of older releases.");

    /** JAX's {@code jax_enable_x64}. */
    public static final ConfigOption<Boolean> X64 =
            ConfigOptions.key("dropout.x64")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "JAX's flag jax_enable_x64: all 64 bits of the seed count, and the mask"
                                    + " is drawn with 64 bits an element, which gives other masks."
                                    + " Vectors stay float32.");

    /** How kept elements are scaled. */
    public static final ConfigOption<Scaling> SCALING =
            ConfigOptions.key("dropout.scaling")
                    .enumType(Scaling.class)
                    .defaultValue(Scaling.RECIPROCAL)
                    .withDescription(
                            "reciprocal: x * (1 / keep), which is what XLA makes of x / keep under"
                                    + " jit. divide: a true division. They differ in the last bit of"
                                    + " some kept elements; the mask is the same.");

    /** What becomes of subnormal numbers. */
    public static final ConfigOption<Subnormals> SUBNORMALS =
            ConfigOptions.key("dropout.subnormals")
                    .enumType(Subnormals.class)
                    .defaultValue(Subnormals.KEEP)
                    .withDescription(
                            "keep: subnormal numbers follow IEEE 754. flush: as XLA on CPU, those"
                                    + " among the inputs and the results of an applied dropout"
                                    + " become zero of the same sign. The mask is the same.");

    /** All options of this class; an unknown {@code dropout.*} key is one that none of them has. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    RATE,
                    SEED,
                    DETERMINISTIC,
                    ID_TYPE,
                    STEP_TYPE,
                    STEP_FROM,
                    STEP,
                    STEP_TTL,
                    KEY_REUSE,
                    FLAVOR,
                    MODULE_PATH,
                    RNG_SEPARATOR,
                    PARTITIONABLE,
                    X64,
                    SCALING,
                    SUBNORMALS);

    private DropoutOptions() {}
}
