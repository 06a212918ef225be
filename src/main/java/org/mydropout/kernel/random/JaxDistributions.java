package org.mydropout.kernel.random;

import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.math.XlaReductions;

/**
 * Non-uniform draws of {@code jax.random}, in float32 and for one-dimensional shapes. {@code
 * jax_enable_x64} does not change them as long as the dtype is given as float32.
 *
 * <p>Their bits are those of the profile {@link XlaMath#PROFILE}: CPUs with FMA, under {@code
 * jax.jit}. Every draw uses up its key: draw with a key once, and neither split nor fold it.
 */
public final class JaxDistributions {

    private static final ErfInvLoops LOOPS =
            SimdService.fastest(ErfInvLoops.class, PlainErfInvLoops::new);

    private JaxDistributions() {}

    /**
     * {@code jax.random.normal(key, (n,), jnp.float32)}: mean 0, variance 1. In the partitionable
     * layout a draw is a prefix of any longer draw.
     */
    public static float[] normal(PrngKey key, int n, JaxConfig config) {
        float[] draws = erfInv(key, n, config);
        for (int i = 0; i < n; i++) {
            draws[i] *= XlaMath.SQRT_2;
        }
        return draws;
    }

    /**
     * {@code erf_inv(uniform(key, (n,), float32, nextafter(-1, 0), 1))}: a normal draw before the
     * multiplication by {@link XlaMath#SQRT_2}. A caller needs it because LLVM contracts {@code x +
     * s * normal} to {@code fma(erf_inv, s * sqrt(2), x)}, with {@code s * sqrt(2)} as one
     * constant.
     */
    public static float[] erfInv(PrngKey key, int n, JaxConfig config) {
        BlockBits bits = new BlockBits(config.threefryPartitionable());
        float[] draws = new float[JaxRandom.requireSize(n)];
        int[] words = BlockBits.words();
        for (int block = 0; block < bits.blocks(n); block++) {
            int length = bits.draw(key, n, block, words);
            LOOPS.erfInv(words, bits.at(n, block), length, draws, bits.from(n, block));
        }
        return draws;
    }

    /** {@code jax.random.gumbel(key, (n,), jnp.float32)} in JAX's default mode, {@code low}. */
    public static float[] gumbel(PrngKey key, int n, JaxConfig config) {
        float[] draws = JaxRandom.uniformFloat32(key, n, Float.MIN_NORMAL, 1, config);
        for (int i = 0; i < n; i++) {
            draws[i] = -XlaMath.log(-XlaMath.log(draws[i]));
        }
        return draws;
    }

    /** {@code jax.random.exponential(key, (n,), jnp.float32)}: mean 1. */
    public static float[] exponential(PrngKey key, int n, JaxConfig config) {
        float[] draws = JaxRandom.uniformFloat32(key, n, config);
        for (int i = 0; i < n; i++) {
            draws[i] = -XlaMath.log1p(-draws[i]);
        }
        return draws;
    }

    /**
     * {@code jax.random.categorical(key, logits)} for one-dimensional float32 logits: the index of
     * the greatest sum of a logit and a Gumbel draw; the first such index if several are equal.
     *
     * @param logits unnormalized logarithms of probabilities, none of them NaN
     * @return from 0 to the number of logits - 1
     * @throws IllegalArgumentException if there are no logits or one is NaN
     */
    public static int categorical(PrngKey key, float[] logits, JaxConfig config) {
        float[] scores = gumbel(key, logits.length, config);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = XlaMath.add(scores[i], logits[i]);
        }
        return XlaReductions.argmax(scores);
    }
}
