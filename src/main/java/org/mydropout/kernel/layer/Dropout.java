package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/**
 * {@code flax.linen.Dropout}, with the Flax name of {@link MyDropout}, and {@code
 * flax.nnx.Dropout}. Dimensions can share a draw, and a rate of 1 gives zeros. Subnormal numbers
 * are flushed, as in XLA's code for CPUs.
 */
public final class Dropout implements TypedLayer {

    static final LayerType TYPE =
            new LayerType(
                    "dropout",
                    "MyDropout",
                    "Drops elements, each with the same probability, and scales the others.",
                    List.of(
                            LayerParameter.number(
                                    "rate",
                                    null,
                                    Rule.RATE,
                                    Rule::rate,
                                    "The probability that an element is dropped."),
                            LayerParameter.dimensions(
                                    "broadcast-dims",
                                    List.of(),
                                    "The dimensions, counted from 0, along which all elements share a draw.")),
                    LayerResult.VECTOR,
                    Optional.of("nnx.Dropout"),
                    (values, config) ->
                            new Dropout(
                                    values.number("rate"),
                                    values.dimensions("broadcast-dims"),
                                    config),
                    """
                    class MyDropout(nn.Module):
                        rate: float
                        broadcast_dims: tuple = ()

                        @nn.compact
                        def __call__(self, x, deterministic=False):
                            if deterministic or self.rate == 0:
                                return x
                            if self.rate == 1:
                                return jnp.zeros_like(x)
                            keep = 1.0 - self.rate
                            shape = [1 if d in self.broadcast_dims else n for d, n in enumerate(x.shape)]
                            mask = jax.random.bernoulli(self.make_rng("dropout"), keep, shape)
                            return jnp.where(mask, x / keep, 0)
                    """);

    private final double rate;
    private final int[] broadcastDims;
    private final JaxConfig config;
    private final MyDropout elementwise;

    /**
     * Creates a layer.
     *
     * @param rate the probability that an element is dropped, from 0 to 1
     * @param broadcastDims dimensions along which all elements share a draw, from 0
     * @throws IllegalArgumentException if the rate is out of range
     */
    public Dropout(double rate, int[] broadcastDims, JaxConfig config) {
        this.rate = rate;
        this.broadcastDims = broadcastDims.clone();
        this.config = config;
        this.elementwise =
                new MyDropout(
                        rate, MyDropout.Scaling.RECIPROCAL, MyDropout.Subnormals.FLUSH, config);
    }

    @Override
    public String flaxName() {
        return TYPE.flaxName();
    }

    @Override
    public boolean isIdentity() {
        return rate == 0;
    }

    /**
     * Applies the layer.
     *
     * @throws IllegalArgumentException also if the shape lacks a broadcast dimension
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        shape.requireSizeOf(x);
        outputShape(shape);
        return broadcastDims.length == 0 || isIdentity()
                ? elementwise.apply(key, x, shape)
                : broadcast(key, x, shape);
    }

    @Override
    public Optional<MaskDraws> mask(PrngKey key, Shape shape) {
        return broadcastDims.length == 0 ? elementwise.mask(key, shape) : Optional.empty();
    }

    @Override
    public Shape outputShape(Shape shape) {
        if (Arrays.stream(broadcastDims).anyMatch(d -> d >= shape.rank())) {
            throw new IllegalArgumentException(
                    "broadcast-dims must be below %d, the dimensions of the shape %s, but are %s."
                            .formatted(shape.rank(), shape, Arrays.toString(broadcastDims)));
        }
        return shape;
    }

    @Override
    public double expectedDropped(Shape shape) {
        return rate * shape.size();
    }

    @Override
    public void requireType(FloatType type) {
        TypedArrays.requireType(type, config);
    }

    @Override
    public TypedOutput apply(PrngKey key, double[] x, Shape shape, FloatType type) {
        requireType(type);
        TypedArrays.requireValues(x, shape, type);
        outputShape(shape);
        return isIdentity()
                ? new TypedOutput(x.clone(), 0)
                : TypedArrays.dropped(
                        x,
                        kept(key, shape),
                        1 - rate,
                        type,
                        MyDropout.Scaling.RECIPROCAL,
                        MyDropout.Subnormals.FLUSH);
    }

    private LayerOutput broadcast(PrngKey key, float[] x, Shape shape) {
        boolean[] kept = kept(key, shape);
        float keep = (float) (1 - rate);
        float factor = 1 / keep;
        float[] out = new float[x.length];
        int dropped = x.length;
        for (int i = 0; i < x.length; i++) {
            if (kept[i]) {
                // XLA removes a division by 1, and with it the flushing.
                out[i] = keep == 1 ? x[i] : XlaMath.multiply(x[i], factor);
                dropped--;
            }
        }
        return new LayerOutput(out, shape, dropped);
    }

    /** For each element whether it is kept; elements along a broadcast dimension share a draw. */
    private boolean[] kept(PrngKey key, Shape shape) {
        int[] strides = new int[shape.rank()];
        int draws = 1;
        for (int d = shape.rank() - 1; d >= 0; d--) {
            int dimension = d;
            if (Arrays.stream(broadcastDims).noneMatch(b -> b == dimension)) {
                strides[d] = draws;
                draws *= shape.dimension(d);
            }
        }
        boolean[] drawn = JaxRandom.bernoulli(key, 1 - rate, draws, config);
        if (broadcastDims.length == 0) {
            return drawn;
        }
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            int rest = i;
            int draw = 0;
            for (int d = shape.rank() - 1; d >= 0; d--) {
                draw += rest % shape.dimension(d) * strides[d];
                rest /= shape.dimension(d);
            }
            kept[i] = drawn[draw];
        }
        return kept;
    }
}
