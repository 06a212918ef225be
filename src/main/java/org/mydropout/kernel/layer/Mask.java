package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * Replaces elements by a fill value and keeps all bits of the others.
 *
 * @param rate the probability that an element is replaced, from 0 to 1
 * @param fill the replacement, from -1e30 to 1e30
 */
public record Mask(double rate, double fill, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "mask",
                    "Mask",
                    "Replaces elements by a fill value, each with the same probability.",
                    List.of(
                            LayerParameter.number(
                                    "rate",
                                    null,
                                    Rule.RATE,
                                    Rule::rate,
                                    "The probability that an element is replaced."),
                            LayerParameter.number(
                                    "fill",
                                    0.0,
                                    Rule.MAGNITUDE,
                                    Rule::magnitude,
                                    "What a replaced element becomes.")),
                    (values, config) ->
                            new Mask(values.number("rate"), values.number("fill"), config),
                    """
                    class Mask(nn.Module):
                        rate: float
                        fill: float = 0.0

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.rate == 0:
                                return x
                            mask = jax.random.bernoulli(self.make_rng("dropout"), self.rate, x.shape)
                            return jnp.where(mask, self.fill, x)
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
        Bernoulli masked = new Bernoulli(rate, config);
        float[] out = x.clone();
        int dropped = 0;
        int[] words = Bernoulli.words();
        for (int block = 0; block < masked.blocks(x.length); block++) {
            int length = masked.draw(key, x.length, block, words);
            int from = masked.from(x.length, block);
            int at = masked.at(x.length, block);
            for (int i = 0; i < length; i++) {
                if (words[at + i] >>> 9 < masked.threshold()) {
                    out[from + i] = (float) fill;
                    dropped++;
                }
            }
        }
        return new LayerOutput(out, shape, dropped);
    }

    @Override
    public double expectedDropped(Shape shape) {
        return rate * shape.size();
    }
}
