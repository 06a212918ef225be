package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxIndices;
import org.mydropout.kernel.random.PrngKey;

/**
 * Shifts each dimension by a random distance. Elements that leave at one end enter at the other.
 */
public final class Roll implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "roll",
                    "Roll",
                    "Shifts each dimension by a random distance, around its end.",
                    List.of(
                            LayerParameter.dimensions(
                                    "max-shift",
                                    null,
                                    "The greatest distance in either direction, one number a dimension.")),
                    (values, config) -> new Roll(values.dimensions("max-shift"), config),
                    """
                    class Roll(nn.Module):
                        max_shift: tuple

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or not any(self.max_shift):
                                return x
                            limit = jnp.array(self.max_shift)
                            shift = jax.random.randint(self.make_rng("dropout"), (x.ndim,), -limit, limit + 1, jnp.int32)
                            return jnp.roll(x, shift, tuple(range(x.ndim)))
                    """);

    private final int[] maxShift;
    private final JaxConfig config;

    /**
     * Creates a layer.
     *
     * @param maxShift the greatest distance of each dimension, from 0 to 2^30
     * @throws IllegalArgumentException if one is out of range
     */
    public Roll(int[] maxShift, JaxConfig config) {
        this.maxShift = maxShift.clone();
        this.config = config;
        if (Arrays.stream(maxShift).anyMatch(max -> max < 0 || max > 1 << 30)) {
            throw new IllegalArgumentException(
                    "max-shift must have numbers from 0 to 1073741824, but is %s."
                            .formatted(Arrays.toString(maxShift)));
        }
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return Arrays.stream(maxShift).allMatch(max -> max == 0);
    }

    /**
     * Applies the layer.
     *
     * @throws IllegalArgumentException also if the number of distances is not the number of
     *     dimensions
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        outputShape(shape);
        int[] low = Arrays.stream(maxShift).map(max -> -max).toArray();
        int[] high = Arrays.stream(maxShift).map(max -> max + 1).toArray();
        int[] shift = JaxIndices.randint(key, low, high, config);
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int rest = i;
            int to = 0;
            int stride = 1;
            for (int d = shape.rank() - 1; d >= 0; d--) {
                int n = shape.dimension(d);
                to += Math.floorMod(rest % n + (long) shift[d], n) * stride;
                rest /= n;
                stride *= n;
            }
            out[to] = x[i];
        }
        return new LayerOutput(out, shape, 0);
    }

    @Override
    public Shape outputShape(Shape shape) {
        if (maxShift.length != shape.rank()) {
            throw new IllegalArgumentException(
                    "max-shift must have one number for each dimension of the shape %s, but is %s."
                            .formatted(shape, Arrays.toString(maxShift)));
        }
        return shape;
    }
}
