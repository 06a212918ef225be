package org.mydropout.kernel.layer;

import java.util.Objects;
import org.mydropout.kernel.flax.InvalidRngException;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * The dropout layer of the Flax Linen module {@code MyDropout}:
 *
 * <pre>{@code
 * if deterministic or self.rate == 0: return x
 * keep_prob = 1 - self.rate
 * mask = jax.random.bernoulli(self.make_rng("dropout"), keep_prob, x.shape)
 * return jnp.where(mask, x / keep_prob, 0)
 * }</pre>
 *
 * <p>A dropped element becomes +0.0, whatever it was. Kept NaNs, infinities and -0.0 pass. The
 * input is never written to. Instances are immutable and thread-safe.
 */
public final class MyDropout implements MaskingLayer, TypedLayer {

    /** How a kept value is divided by the keep probability. */
    public enum Scaling {
        /**
         * {@code x * (1f / keep)}, as XLA compiles {@code x / keep_prob} under {@code jax.jit} on
         * every backend (its {@code AlgebraicSimplifier} turns a division by a constant into a
         * multiplication).
         */
        RECIPROCAL,
        /** {@code x / keep}, the correctly rounded quotient. */
        DIVIDE
    }

    /** How an applied dropout treats subnormal numbers (magnitudes below 2^-126). */
    public enum Subnormals {
        /** They follow IEEE 754. */
        KEEP,
        /**
         * They become zero of the same sign, as in XLA's code for CPUs. If the rate is so small
         * that the keep probability rounds to 1f, nothing is scaled or flushed, here as in XLA.
         */
        FLUSH
    }

    private static final String STREAM = "dropout";

    private final double rate;
    private final Scaling scaling;
    private final Subnormals subnormals;
    private final JaxConfig config;
    private final DropoutKernel kernel;
    private final float keepProbability;

    /**
     * Creates a layer with the bits of Flax under {@code jax.jit} and JAX's default configuration.
     *
     * @param rate the drop probability, 0 ≤ rate ≤ 1
     * @throws IllegalArgumentException if the rate is NaN or out of range, for which Flax silently
     *     returns zeros or wrongly scaled values
     */
    public MyDropout(double rate) {
        this(rate, Scaling.RECIPROCAL, Subnormals.KEEP, JaxConfig.DEFAULT);
    }

    /**
     * Creates a layer with all settings.
     *
     * @param rate the drop probability, 0 ≤ rate ≤ 1; 1 drops all elements, but needs a key
     *     nevertheless
     * @param config the JAX settings for the mask
     * @throws IllegalArgumentException if the rate is NaN or outside its range
     */
    public MyDropout(double rate, Scaling scaling, Subnormals subnormals, JaxConfig config) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "The dropout rate must be a probability from 0 to 1, but is " + rate + ".");
        }
        this.rate = rate;
        this.scaling = Objects.requireNonNull(scaling, "scaling");
        this.subnormals = Objects.requireNonNull(subnormals, "subnormals");
        this.config = config;
        double keep = 1.0 - rate;
        this.keepProbability = (float) keep;
        this.kernel = new DropoutKernel(keep, config);
    }

    /**
     * Init and apply in one, as in the exercise that this layer comes from. {@code
     * MyDropout(rate).init} with {@code {params: PRNGKey(int(seed)), dropout: PRNGKey(int(seed) +
     * 1)}} creates no variables. So the result is that of {@code apply} with {@code {dropout:
     * PRNGKey(int(seed) + 1)}} alone.
     *
     * <p>The bits are those under {@code jax.jit}, with subnormal numbers kept. Without {@code
     * jax.jit}, JAX 0.10.2 on a CPU differs in two cases. A vector of <em>one</em> element is
     * divided, as by {@link Scaling#DIVIDE}, which can change the last bit; vectors of two or more
     * elements are multiplied by the reciprocal, too. And if {@code 1 - rate} rounds to 1f,
     * subnormal numbers become zero and signaling NaNs become quiet.
     *
     * @param seed the seed, truncated towards zero as by Python's {@code int(seed)}
     * @param x the input, of any length
     * @param rate the drop probability, 0 ≤ rate ≤ 1
     * @param deterministic whether nothing is dropped
     * @return x itself if deterministic or rate is 0, otherwise a new array of the same length
     * @throws IllegalArgumentException if the seed is not finite or its truncation does not fit a
     *     signed 64-bit integer, or if the rate is out of range
     */
    public static float[] initAndApply(double seed, float[] x, double rate, boolean deterministic) {
        // -2^63 is a double, and 2^63 is the first double that is too large. Doubles below it are
        // 1024 apart, so adding 1 does not overflow.
        if (!(seed >= -0x1p63 && seed < 0x1p63)) {
            throw new IllegalArgumentException(
                    "The seed must be a finite number that fits a signed 64-bit integer, but is "
                            + seed
                            + ".");
        }
        Rngs rngs = Rngs.of(STREAM, PrngKey.of((long) seed + 1));
        return new MyDropout(rate).apply(x, deterministic, rngs);
    }

    /**
     * {@code MyDropout(rate).apply({}, x, deterministic, rngs=rngs)}. With the view of a submodule
     * ({@link Rngs#child}), it is the call of that submodule inside a model.
     *
     * @param x the input, of any length
     * @param deterministic whether nothing is dropped
     * @param rngs the streams; gives one key of the stream {@code dropout}, unless nothing is
     *     dropped
     * @return x itself if deterministic or the rate is 0, otherwise a new array of the same length
     * @throws InvalidRngException if a key is needed, but there is neither {@code dropout} nor
     *     {@code params}
     */
    public float[] apply(float[] x, boolean deterministic, Rngs rngs) {
        if (deterministic || isIdentity()) {
            return x;
        }
        float[] out = new float[x.length];
        apply(rngs.makeRng(STREAM), x, out);
        return out;
    }

    @Override
    public String flaxName() {
        return "MyDropout";
    }

    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        float[] out = new float[x.length];
        int kept = apply(key, x, out);
        return new LayerOutput(out, shape, x.length - kept);
    }

    @Override
    public void requireType(FloatType type) {
        TypedArrays.requireType(type, config);
    }

    @Override
    public TypedOutput apply(PrngKey key, double[] x, Shape shape, FloatType type) {
        requireType(type);
        TypedArrays.requireValues(x, shape, type);
        double keep = 1.0 - rate;
        return isIdentity()
                ? new TypedOutput(x.clone(), 0)
                : TypedArrays.dropped(
                        x,
                        JaxRandom.bernoulli(key, keep, x.length, config),
                        keep,
                        type,
                        scaling,
                        subnormals);
    }

    @Override
    public double keepProbability() {
        return kernel.keepProbability();
    }

    @Override
    public MaskDraws draws(PrngKey key, Shape shape) {
        return kernel.draws(key, shape.size());
    }

    /**
     * Applies the mask of a key, without allocating an array or deriving a key.
     *
     * @param key the key to sample, which must not be split, folded or sampled elsewhere; it has no
     *     effect if the rate is 0
     * @param x the input, of any length; it is not written to
     * @param out receives the result: another array of the same length
     * @return the number of kept elements
     * @throws IllegalArgumentException if out is x or has another length
     */
    public int apply(PrngKey key, float[] x, float[] out) {
        if (out == x) {
            throw new IllegalArgumentException(
                    "The output must be another array than the input, which is never written to.");
        }
        if (out.length != x.length) {
            throw new IllegalArgumentException(
                    "The output must be as long as the input, but has "
                            + out.length
                            + " elements instead of "
                            + x.length
                            + ".");
        }
        if (isIdentity()) {
            System.arraycopy(x, 0, out, 0, x.length);
            return x.length;
        }
        if (keepProbability == 1) {
            return kernel.select(key, x, out);
        }
        float[] values = x;
        if (subnormals == Subnormals.FLUSH) {
            DropoutKernel.flush(values, out);
            values = out;
        }
        if (scaling == Scaling.RECIPROCAL) {
            return kernel.apply(key, values, 1f / keepProbability, out);
        }
        DropoutKernel.divide(values, keepProbability, out);
        // A factor of 1 does not change a quotient.
        return kernel.apply(key, out, 1, out);
    }

    /**
     * Whether masks are drawn with the JDK's Vector API, which needs a JVM that was started with
     * {@code --add-modules=jdk.incubator.vector}. It changes the speed, but no bit.
     */
    public static boolean usesVectorApi() {
        return !(DropoutKernel.LOOPS instanceof PlainSelectionLoops);
    }

    /** Whether the rate is 0, so that every vector passes unchanged and no key is needed. */
    @Override
    public boolean isIdentity() {
        return rate == 0;
    }
}
