package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxDistributions;
import org.mydropout.kernel.random.PrngKey;

/**
 * Multiplies by normal noise with mean 1 and the variance of dropout with the same rate (Keras:
 * {@code GaussianDropout}). LLVM contracts the factor to {@code fma(erf_inv, f32(stddev) *
 * f32(sqrt(2)), 1)}.
 *
 * @param rate from 0 to below 1
 */
public record GaussianDropout(double rate, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "gaussian-dropout",
                    "GaussianDropout",
                    "Multiplies each element by a normal number of mean 1 and variance rate / (1 - rate).",
                    List.of(
                            LayerParameter.number(
                                    "rate",
                                    null,
                                    Rule.RATE_BELOW_1,
                                    Rule::rateBelow1,
                                    "The rate of the dropout that has the same variance.")),
                    (values, config) -> new GaussianDropout(values.number("rate"), config),
                    """
                    class GaussianDropout(nn.Module):
                        rate: float

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.rate == 0:
                                return x
                            stddev = (self.rate / (1 - self.rate)) ** 0.5
                            return x * (1 + stddev * jax.random.normal(self.make_rng("dropout"), x.shape, x.dtype))
                    """);

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return rate == 0;
    }

    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        float factor = (float) Math.sqrt(rate / (1 - rate)) * XlaMath.SQRT_2;
        float[] out = JaxDistributions.erfInv(key, x.length, config);
        for (int i = 0; i < x.length; i++) {
            out[i] = XlaMath.multiply(x[i], XlaMath.fma(out[i], factor, 1));
        }
        return new LayerOutput(out, shape, 0);
    }
}
