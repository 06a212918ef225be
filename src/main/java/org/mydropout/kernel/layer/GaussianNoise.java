package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxDistributions;
import org.mydropout.kernel.random.PrngKey;

/**
 * Adds normal noise (Keras: {@code GaussianNoise}). LLVM contracts the sum to {@code fma(erf_inv,
 * f32(stddev) * f32(sqrt(2)), x)}.
 *
 * @param stddev the standard deviation: 0, or from 1e-30 to 1e30
 */
public record GaussianNoise(double stddev, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "gaussian-noise",
                    "GaussianNoise",
                    "Adds a normal number to each element.",
                    List.of(
                            LayerParameter.number(
                                    "stddev",
                                    null,
                                    Rule.STRENGTH,
                                    Rule::strength,
                                    "The standard deviation of the noise.")),
                    (values, config) -> new GaussianNoise(values.number("stddev"), config),
                    """
                    class GaussianNoise(nn.Module):
                        stddev: float

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.stddev == 0:
                                return x
                            return x + self.stddev * jax.random.normal(self.make_rng("dropout"), x.shape, x.dtype)
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
        float factor = (float) stddev * XlaMath.SQRT_2;
        float[] out = JaxDistributions.erfInv(key, x.length, config);
        for (int i = 0; i < x.length; i++) {
            out[i] = XlaMath.fma(out[i], factor, x[i]);
        }
        return new LayerOutput(out, shape, 0);
    }
}
