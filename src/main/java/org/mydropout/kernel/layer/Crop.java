package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/**
 * Takes a block of fixed size from a random place. With {@code deterministic}, the array stays
 * whole.
 */
public final class Crop implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "crop",
                    "Crop",
                    "Takes a block of elements from a random place.",
                    List.of(
                            LayerParameter.dimensions(
                                    "size",
                                    null,
                                    "The size of the block, one number a dimension.")),
                    (values, config) -> new Crop(values.dimensions("size"), config),
                    """
                    class Crop(nn.Module):
                        size: tuple

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic:
                                return x
                            free = jnp.array(x.shape) - jnp.array(self.size)
                            start = jax.random.randint(self.make_rng("dropout"), (x.ndim,), 0, free + 1, jnp.int32)
                            return jax.lax.dynamic_slice(x, start, self.size)
                    """);

    private final Window window;

    /**
     * Creates a layer.
     *
     * @param size the size of the block, each number from 0
     */
    public Crop(int[] size, JaxConfig config) {
        this.window = new Window(size, config);
    }

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
     * @throws IllegalArgumentException also if the block has another number of dimensions than the
     *     shape, or does not fit into it
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        float[] out = new float[window.elements()];
        window.forEachRun(
                key,
                shape,
                (from, run, length) -> System.arraycopy(x, from, out, run * length, length));
        return new LayerOutput(out, window.size(), 0);
    }

    @Override
    public boolean keepsShape() {
        return false;
    }

    @Override
    public Shape outputShape(Shape shape) {
        window.requireFit(shape);
        return window.size();
    }
}
