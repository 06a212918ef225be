package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxIndices;
import org.mydropout.kernel.random.PrngKey;

/**
 * Shuffles an array along one axis.
 *
 * @param axis the dimension to shuffle, from 0
 */
public record Permute(int axis, JaxConfig config) implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "permute",
                    "Permute",
                    "Shuffles the elements, or the rows along an axis.",
                    List.of(
                            LayerParameter.integer(
                                    "axis", 0, "from 0", 0, "The dimension whose order changes.")),
                    (values, config) -> new Permute(values.integer("axis"), config),
                    """
                    class Permute(nn.Module):
                        axis: int = 0

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic:
                                return x
                            return jax.random.permutation(self.make_rng("dropout"), x, self.axis)
                    """);

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return false;
    }

    /**
     * Applies the layer.
     *
     * @throws IllegalArgumentException also if the shape has no such axis
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        outputShape(shape);
        int n = shape.dimension(axis);
        int inner = 1;
        for (int d = axis + 1; d < shape.rank(); d++) {
            inner *= shape.dimension(d);
        }
        int[] order = JaxIndices.permutation(key, n, config);
        float[] out = new float[x.length];
        for (int from = 0; from < x.length; from += n * inner) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(x, from + order[i] * inner, out, from + i * inner, inner);
            }
        }
        return new LayerOutput(out, shape, 0);
    }

    @Override
    public Shape outputShape(Shape shape) {
        if (axis >= shape.rank()) {
            throw new IllegalArgumentException(
                    "axis must be below %d, the dimensions of the shape %s, but is %d."
                            .formatted(shape.rank(), shape, axis));
        }
        return shape;
    }
}
