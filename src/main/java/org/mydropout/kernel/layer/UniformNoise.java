package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * Adds uniform noise.
 *
 * @param low the lower bound, from -1e30 to 1e30
 * @param high the upper bound, from low to 1e30; rounding can reach it
 */
public record UniformNoise(double low, double high, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "uniform-noise",
                    "UniformNoise",
                    "Adds a uniform number to each element.",
                    List.of(
                            LayerParameter.number(
                                    "low",
                                    null,
                                    Rule.MAGNITUDE,
                                    Rule::magnitude,
                                    "The lowest number that is added."),
                            LayerParameter.number(
                                    "high",
                                    null,
                                    Rule.MAGNITUDE,
                                    Rule::magnitude,
                                    "The bound above of the numbers that are added.")),
                    (values, config) ->
                            new UniformNoise(values.number("low"), values.number("high"), config),
                    """
                    class UniformNoise(nn.Module):
                        low: float
                        high: float

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.low == self.high == 0:
                                return x
                            return x + jax.random.uniform(self.make_rng("dropout"), x.shape, x.dtype, self.low, self.high)
                    """);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if high is below low
     */
    public UniformNoise {
        if (high < low) {
            throw new IllegalArgumentException(
                    "high must be at least low, which is %s, but is %s.".formatted(low, high));
        }
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return low == 0 && high == 0;
    }

    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        float[] out = JaxRandom.uniformFloat32(key, x.length, (float) low, (float) high, config);
        for (int i = 0; i < x.length; i++) {
            out[i] = XlaMath.add(x[i], out[i]);
        }
        return new LayerOutput(out, shape, 0);
    }
}
