package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * Drops or keeps the whole array with one draw (Huang et al., "Deep networks with stochastic
 * depth", ECCV 2016).
 *
 * @param rate the probability that the array is dropped, from 0 to 1
 * @param form one of the published forms, which give different results
 */
public record StochasticDepth(double rate, Form form, JaxConfig config) implements TypedLayer {

    /** The draw, and the results for a kept and a dropped array. */
    public enum Form {
        /** {@code where(bernoulli(key, 1 - rate), x / (1 - rate), 0)}, as in Flax ports of timm. */
        SELECT,
        /**
         * {@code x * (1 - bernoulli(key, rate))}, without scaling, as in Scenic. A dropped infinity
         * becomes NaN, and a dropped negative number -0.0.
         */
        SCENIC,
        /**
         * {@code x / (1 - rate) * floor(1 - rate + uniform(key))}, as in jax-models. Dropped
         * elements are as in {@link #SCENIC}.
         */
        FLOOR
    }

    static final LayerType TYPE =
            new LayerType(
                    "stochastic-depth",
                    "StochasticDepth",
                    "Drops the whole array with one probability, or keeps all of it.",
                    List.of(
                            LayerParameter.number(
                                    "rate",
                                    null,
                                    Rule.RATE,
                                    Rule::rate,
                                    "The probability that the array is dropped."),
                            LayerParameter.word(
                                    "form",
                                    "Which public form: select and floor scale a kept array, scenic does not.",
                                    "select",
                                    "scenic",
                                    "floor")),
                    (values, config) ->
                            new StochasticDepth(
                                    values.number("rate"),
                                    Form.valueOf(
                                            values.word("form").toUpperCase(java.util.Locale.ROOT)),
                                    config),
                    """
                    class StochasticDepth(nn.Module):
                        rate: float
                        form: str = "select"

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.rate == 0:
                                return x
                            key, keep = self.make_rng("dropout"), 1 - self.rate
                            if self.form == "select":
                                return jnp.where(jax.random.bernoulli(key, keep), x / keep, 0)
                            if self.form == "scenic":
                                return x * (1 - jax.random.bernoulli(key, self.rate).astype(x.dtype))
                            return x / keep * jnp.floor(keep + jax.random.uniform(key, (), x.dtype))
                    """);

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if form is FLOOR and rate 1, which makes NaNs
     */
    public StochasticDepth {
        Objects.requireNonNull(form, "form");
        if (form == Form.FLOOR && rate == 1) {
            throw new IllegalArgumentException(
                    "rate must be below 1 with the form 'floor', but is 1.0.");
        }
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return rate == 0;
    }

    @Override
    public double expectedDropped(Shape shape) {
        return rate * shape.size();
    }

    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        double keep = 1 - rate;
        boolean kept = isKept(key);
        float[] out = new float[x.length];
        if (form != Form.SELECT || kept) {
            // XLA removes a division by 1, and for FLOOR multiplies the two factors first.
            float factor = form == Form.SCENIC || (float) keep == 1 ? 1 : 1f / (float) keep;
            boolean untouched = form == Form.SELECT && factor == 1;
            for (int i = 0; i < x.length; i++) {
                out[i] = untouched ? x[i] : XlaMath.multiply(x[i], kept ? factor : 0);
            }
        }
        return new LayerOutput(out, shape, kept ? 0 : x.length);
    }

    @Override
    public void requireType(FloatType type) {
        TypedArrays.requireType(type, config);
        if (form == Form.FLOOR) {
            throw new IllegalArgumentException(
                    "form must be 'select' or 'scenic' where the elements are %s, but is 'floor'."
                            .formatted(type));
        }
    }

    @Override
    public TypedOutput apply(PrngKey key, double[] x, Shape shape, FloatType type) {
        requireType(type);
        TypedArrays.requireValues(x, shape, type);
        if (isIdentity()) {
            return new TypedOutput(x.clone(), 0);
        }
        boolean kept = isKept(key);
        if (form == Form.SELECT) {
            boolean[] all = new boolean[x.length];
            Arrays.fill(all, kept);
            return TypedArrays.dropped(
                    x,
                    all,
                    1 - rate,
                    type,
                    MyDropout.Scaling.RECIPROCAL,
                    MyDropout.Subnormals.FLUSH);
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = type.multiply(x[i], kept ? 1 : 0);
        }
        return new TypedOutput(out, kept ? 0 : x.length);
    }

    private boolean isKept(PrngKey key) {
        double keep = 1 - rate;
        return switch (form) {
            case SELECT -> JaxRandom.bernoulli(key, keep, 1, config)[0];
            case SCENIC -> !JaxRandom.bernoulli(key, rate, 1, config)[0];
            case FLOOR -> (float) keep + JaxRandom.uniformFloat32(key, 1, config)[0] >= 1;
        };
    }
}
