package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxDistributions;
import org.mydropout.kernel.random.PrngKey;

/**
 * Multiplies the whole array by one normal number with mean 1, contracted as in {@link
 * GaussianDropout}.
 *
 * @param stddev the standard deviation: 0, or from 1e-30 to 1e30
 */
public record Scale(double stddev, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "scale",
                    "Scale",
                    "Multiplies all elements by the same normal number of mean 1.",
                    List.of(
                            LayerParameter.number(
                                    "stddev",
                                    null,
                                    Rule.STRENGTH,
                                    Rule::strength,
                                    "The standard deviation of the factor.")),
                    (values, config) -> new Scale(values.number("stddev"), config),
                    """
                    class Scale(nn.Module):
                        stddev: float

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.stddev == 0:
                                return x
                            return x * (1 + self.stddev * jax.random.normal(self.make_rng("dropout"), (), x.dtype))
                    """);

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return stddev == 0;
    }

    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        float draw = JaxDistributions.erfInv(key, 1, config)[0];
        float factor = XlaMath.fma(draw, (float) stddev * XlaMath.SQRT_2, 1);
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = XlaMath.multiply(x[i], factor);
        }
        return new LayerOutput(out, shape, 0);
    }
}
