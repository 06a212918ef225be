package org.mydropout.kernel.layer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxIndices;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * Mixes an array with a random array of a reference set (Zhang et al., "mixup", ICLR 2018, with
 * alpha 1, where Beta(1, 1) is uniform). LLVM contracts the sum to {@code fma(lambda, x, (1 -
 * lambda) * partner)}. The output has the fields {@code mixup_partner}, the partner's id, and
 * {@code mixup_lambda}, the share of x.
 */
public record Mixup(ReferenceSet reference, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "mixup",
                    "Mixup",
                    "Mixes the elements with those of a random vector of a reference set.",
                    List.of(
                            LayerParameter.number(
                                            "alpha",
                                            1.0,
                                            "that is 1",
                                            value -> value == 1,
                                            "Lambda is drawn from Beta(alpha, alpha), with 1 uniform.")
                                    .asArgument(),
                            new LayerParameter(
                                    "reference",
                                    LayerParameter.Kind.REFERENCE,
                                    "a reference set",
                                    null,
                                    "The vectors from which a partner is drawn.",
                                    value -> true)),
                    new LayerResult(
                            true,
                            List.of(
                                    new LayerField(
                                            "mixup_partner", LayerField.Kind.REFERENCE_ID, false),
                                    new LayerField("mixup_lambda", LayerField.Kind.NUMBER, false))),
                    Optional.empty(),
                    (values, config) -> new Mixup(values.reference("reference"), config),
                    """
                    class Mixup(nn.Module):
                        reference: jax.Array
                        alpha: float = 1.0

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic:
                                return x, None, None
                            share_key, partner_key = jax.random.split(self.make_rng("dropout"))
                            share = jax.random.uniform(share_key, (), x.dtype)  # Beta(1, 1)
                            partner = jax.random.randint(partner_key, (), 0, len(self.reference), jnp.int32)
                            y = share * x + (1 - share) * self.reference[partner].reshape(x.shape)
                            return y, partner, share
                    """);

    /** Checks that nothing is null. */
    public Mixup {
        Objects.requireNonNull(reference, "reference");
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public List<String> fieldNames() {
        return TYPE.result().names();
    }

    @Override
    public boolean isIdentity() {
        return false;
    }

    /**
     * Applies the layer.
     *
     * @throws IllegalArgumentException also if the length of x is not that of the reference vectors
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        outputShape(shape);
        List<PrngKey> keys = key.split(2, config);
        float share = JaxRandom.uniformFloat32(keys.get(0), 1, config)[0];
        int partner = JaxIndices.randint(keys.get(1), 1, 0, reference.size(), config)[0];
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            float other = XlaMath.multiply(1 - share, reference.element(partner, i));
            out[i] = XlaMath.fma(share, x[i], other);
        }
        return new LayerOutput(
                out,
                shape,
                0,
                new TreeMap<>(
                        Map.of("mixup_partner", reference.id(partner), "mixup_lambda", share)));
    }

    @Override
    public Shape outputShape(Shape shape) {
        if (shape.size() != reference.length()) {
            throw new IllegalArgumentException(
                    "The vector must be as long as those of the reference set, which have %d elements, but has %d."
                            .formatted(reference.length(), shape.size()));
        }
        return shape;
    }
}
