package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Replaces a block of fixed size at a random place (DeVries and Taylor, "Cutout", 2017). */
public final class Erase implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "erase",
                    "Erase",
                    "Replaces a block of elements at a random place by a fill value.",
                    List.of(
                            LayerParameter.dimensions(
                                    "size", null, "The size of the block, one number a dimension."),
                            LayerParameter.number(
                                    "fill",
                                    0.0,
                                    Rule.MAGNITUDE,
                                    Rule::magnitude,
                                    "What an erased element becomes.")),
                    (values, config) ->
                            new Erase(values.dimensions("size"), values.number("fill"), config),
                    """
                    class Erase(nn.Module):
                        size: tuple
                        fill: float = 0.0

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or 0 in self.size:
                                return x
                            free = jnp.array(x.shape) - jnp.array(self.size)
                            start = jax.random.randint(self.make_rng("dropout"), (x.ndim,), 0, free + 1, jnp.int32)
                            return jax.lax.dynamic_update_slice(x, jnp.full(self.size, self.fill, x.dtype), start)
                    """);

    private final Window window;
    private final float fill;

    /**
     * Creates a layer.
     *
     * @param size the size of the block, each number from 0
     * @param fill the value of erased elements, from -1e30 to 1e30
     */
    public Erase(int[] size, double fill, JaxConfig config) {
        this.window = new Window(size, config);
        this.fill = (float) fill;
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return window.isEmpty();
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
        float[] out = x.clone();
        if (isIdentity()) {
            return new LayerOutput(out, shape, 0);
        }
        window.forEachRun(
                key, shape, (from, run, length) -> Arrays.fill(out, from, from + length, fill));
        return new LayerOutput(out, shape, window.elements());
    }

    @Override
    public Shape outputShape(Shape shape) {
        window.requireFit(shape);
        return shape;
    }

    @Override
    public double expectedDropped(Shape shape) {
        return window.elements();
    }
}
