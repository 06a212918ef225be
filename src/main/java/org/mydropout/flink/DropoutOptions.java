package org.mydropout.flink;

import static org.mydropout.flink.OptionDescription.ofValues;
import static org.mydropout.flink.OptionDescription.value;

import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;

/**
 * The {@code dropout.*} options. {@link DropoutConfig#from} checks each alone and all together.
 *
 * <p>The mask is the set of dropped elements. An option may change the mask unless its description
 * says otherwise.
 */
@PublicEvolving
public final class DropoutOptions {

    /** Drop probability, from 0 to 1. */
    public static final ConfigOption<Double> RATE =
            ConfigOptions.key("dropout.rate")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. The probability that an element is dropped, from 0 to 1."
                                    + " Kept elements are scaled by 1 / (1 - rate). An element is kept"
                                    + " when its uniform draw is below 1 - rate. The draws do not"
                                    + " depend on the rate, so a higher rate drops what a lower one"
                                    + " drops, and more. With 0 every vector passes unchanged and no"
                                    + " key is derived.");

    /** Seed of the base key. */
    public static final ConfigOption<Long> SEED =
            ConfigOptions.key("dropout.seed")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. A signed 64-bit integer. The base key is"
                                    + " jax.random.key(seed). While dropout.x64 is false, only the low"
                                    + " 32 bits count, as in JAX.");

    /** Whether dropout is switched off. */
    public static final ConfigOption<Boolean> DETERMINISTIC =
            ConfigOptions.key("dropout.deterministic")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Switches dropout off, as Flax's argument of this name does. Every"
                                    + " vector passes unchanged and no key is derived.");

    /** Type of the record id. */
    public static final ConfigOption<IdType> ID_TYPE =
            ConfigOptions.key("dropout.id-type")
                    .enumType(IdType.class)
                    .defaultValue(IdType.UINT32)
                    .withDescription(
                            ofValues(
                                    "How the id enters the key. The same number has another mask"
                                            + " under another type.",
                                    value(IdType.UINT32, "from 0 to 2^32-1, one fold_in."),
                                    value(
                                            IdType.UINT64,
                                            "any 64-bit integer, two fold_ins, high word first."),
                                    value(
                                            IdType.STRING,
                                            "any text, two fold_ins, with the first eight bytes of"
                                                    + " the SHA-256 of its UTF-8.")));

    /** Type of the step. */
    public static final ConfigOption<StepType> STEP_TYPE =
            ConfigOptions.key("dropout.step-type")
                    .enumType(StepType.class)
                    .defaultValue(StepType.UINT32)
                    .withDescription(
                            ofValues(
                                    "How the step enters the key, after the id. The same number has"
                                            + " another mask under another type.",
                                    value(StepType.UINT32, "from 0 to 2^32-1, one fold_in."),
                                    value(
                                            StepType.UINT64,
                                            "any 64-bit integer, two fold_ins, high word first.")));

    /** Where the step comes from. */
    public static final ConfigOption<StepSource> STEP_FROM =
            ConfigOptions.key("dropout.step-from")
                    .enumType(StepSource.class)
                    .defaultValue(StepSource.RECORD)
                    .withDescription(
                            ofValues(
                                    "Where the step of a record comes from. The output always"
                                            + " carries the step that was used.",
                                    value(
                                            StepSource.RECORD,
                                            "from a field of the record. The mask is a pure"
                                                    + " function of the record."),
                                    value(
                                            StepSource.CONSTANT,
                                            "it is dropout.step. Each id has one mask."),
                                    value(
                                            StepSource.COUNTER,
                                            "keyed state counts the records of an id from 0, in an"
                                                    + " order of arrival that may differ by run.")));

    /** The step of every record, for {@link StepSource#CONSTANT}. */
    public static final ConfigOption<Long> STEP =
            ConfigOptions.key("dropout.step")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "The step of every record, an epoch for example. Required with"
                                    + " dropout.step-from: constant, and refused without it. From 0 to"
                                    + " the greatest value of dropout.step-type.");

    /** How long an idle id is remembered. */
    public static final ConfigOption<Duration> STEP_TTL =
            ConfigOptions.key("dropout.step-ttl")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long an idle id is remembered, by the wall clock, in the state of"
                                    + " dropout.step-from: counter and of dropout.key-reuse. At least"
                                    + " one millisecond. A forgotten id counts from 0 again, so its"
                                    + " masks come again, and the guard does not see that. Without this"
                                    + " option the state of an id stays for ever.");

    /** What to do when a key may be reused. */
    public static final ConfigOption<KeyReuse> KEY_REUSE =
            ConfigOptions.key("dropout.key-reuse")
                    .enumType(KeyReuse.class)
                    .defaultValue(KeyReuse.ALLOW)
                    .withDescription(
                            ofValues(
                                    "What happens when the step of a record is not greater than"
                                            + " every earlier step of its id. The same key may then be"
                                            + " used twice.",
                                    value(KeyReuse.ALLOW, "nothing, and no state is kept."),
                                    value(
                                            KeyReuse.COUNT,
                                            "the metric keysReused counts the record."),
                                    value(KeyReuse.FAIL, "the job fails.")));

    /** Which JAX program draws the mask. */
    public static final ConfigOption<Flavor> FLAVOR =
            ConfigOptions.key("dropout.flavor")
                    .enumType(Flavor.class)
                    .defaultValue(Flavor.LINEN)
                    .withDescription(
                            ofValues(
                                    "Which JAX program draws the mask.",
                                    value(
                                            Flavor.LINEN,
                                            "Flax Linen's Module.apply(..., rngs={'dropout': key})."
                                                    + " It folds a hash of module path and call count"
                                                    + " into the record's key."),
                                    value(
                                            Flavor.NNX,
                                            "nnx.Dropout(rate, rngs=nnx.Rngs(dropout=key)) of Flax"
                                                    + " 0.11 or later. It folds 0 into the record's"
                                                    + " key twice: for its stream, and its first call."),
                                    value(
                                            Flavor.RAW,
                                            "jax.random.bernoulli, or nnx.Dropout called with a"
                                                    + " bare key: the record's key itself.")));

    /** Path of the layer inside a Linen model. */
    public static final ConfigOption<List<String>> MODULE_PATH =
            ConfigOptions.key("dropout.module-path")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "The submodule names from the top of a Linen model to the layer, such"
                                    + " as Block_0;MyDropout_0. Each path has its own masks. Empty"
                                    + " means that the layer is the top-level module. Only for"
                                    + " dropout.flavor: linen.");

    /** Flax's {@code flax_fix_rng_separator}. */
    public static final ConfigOption<Boolean> RNG_SEPARATOR =
            ConfigOptions.key("dropout.rng-separator")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Flax's flag flax_fix_rng_separator. It hashes a zero byte before each"
                                    + " part of the module path. Only for dropout.flavor: linen.");

    /** JAX's {@code jax_threefry_partitionable}. */
    public static final ConfigOption<Boolean> PARTITIONABLE =
            ConfigOptions.key("dropout.partitionable")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "JAX's flag jax_threefry_partitionable, true since JAX 0.5.0. Use false"
                                    + " for the masks of older releases.");

    /** JAX's {@code jax_enable_x64}. */
    public static final ConfigOption<Boolean> X64 =
            ConfigOptions.key("dropout.x64")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "JAX's flag jax_enable_x64. All 64 bits of the seed count, and the mask"
                                    + " is drawn with 64 bits an element. Vectors keep their type.");

    /** How kept elements are scaled. */
    public static final ConfigOption<Scaling> SCALING =
            ConfigOptions.key("dropout.scaling")
                    .enumType(Scaling.class)
                    .defaultValue(Scaling.RECIPROCAL)
                    .withDescription(
                            ofValues(
                                    "How kept elements are scaled. The two differ in the last bit"
                                            + " of some elements. The mask is the same.",
                                    value(
                                            Scaling.RECIPROCAL,
                                            "x * (1 / keep), as XLA computes x / keep under jit."),
                                    value(Scaling.DIVIDE, "a true division, x / keep.")));

    /** What becomes of subnormal numbers. */
    public static final ConfigOption<Subnormals> SUBNORMALS =
            ConfigOptions.key("dropout.subnormals")
                    .enumType(Subnormals.class)
                    .defaultValue(Subnormals.KEEP)
                    .withDescription(
                            ofValues(
                                    "What becomes of subnormal numbers. The mask is the same.",
                                    value(Subnormals.KEEP, "they follow IEEE 754."),
                                    value(
                                            Subnormals.FLUSH,
                                            "as inputs and as results they become zero of the same"
                                                    + " sign, as in XLA on CPUs. Vectors that pass"
                                                    + " unchanged keep them.")));

    /** All options of this class. Every other {@code dropout.*} key is unknown. */
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
