package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.math.XlaReductions;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxDistributions;
import org.mydropout.kernel.random.PrngKey;

/**
 * Draws an index from logits, as a language model draws a token. The output has no values, but two
 * fields: {@code index}, and {@code log_probability}, the logarithm of the probability of that
 * index. With {@code deterministic}, the index is that of the greatest logit, the first one if
 * several are equal.
 *
 * <p>Top-k and top-p are those of Hugging Face's Flax processors, but compare the softmax with p
 * without a division. All sums are cumulative sums, which have known bits at every size (see {@link
 * XlaReductions}). A selection around the division by the temperature prevents LLVM from
 * contracting it with the next operation, which it would do at some sizes only.
 *
 * @param temperature from 1e-30 to 1e30
 * @param topK the number of greatest logits to keep; 0 keeps all
 * @param topP the probability to keep, above 0 to 1
 */
public record Categorical(double temperature, int topK, double topP, JaxConfig config)
        implements Layer {

    static final LayerType TYPE =
            new LayerType(
                    "categorical",
                    "Categorical",
                    "Draws an index from logits.",
                    List.of(
                            LayerParameter.number(
                                    "temperature",
                                    1.0,
                                    "from 1e-30 to 1e30",
                                    value -> value >= 1e-30 && value <= 1e30,
                                    "What the logits are divided by."),
                            LayerParameter.integer(
                                    "top-k",
                                    0,
                                    "from 0",
                                    0,
                                    "How many of the greatest logits are left; 0 leaves all."),
                            LayerParameter.number(
                                    "top-p",
                                    1.0,
                                    "above 0 and at most 1",
                                    value -> value > 0 && value <= 1,
                                    "The greatest logits are left until their probability reaches this.")),
                    new LayerResult(
                            false,
                            List.of(
                                    new LayerField("index", LayerField.Kind.INTEGER, true),
                                    new LayerField(
                                            "log_probability", LayerField.Kind.NUMBER, true))),
                    Optional.empty(),
                    (values, config) ->
                            new Categorical(
                                    values.number("temperature"),
                                    values.integer("top-k"),
                                    values.number("top-p"),
                                    config),
                    """
                    class Categorical(nn.Module):
                        temperature: float = 1.0
                        top_k: int = 0
                        top_p: float = 1.0

                        @nn.compact
                        def __call__(self, logits, deterministic=False):
                            if deterministic:
                                index = jnp.argmax(logits)
                            else:
                                logits = self.filtered(jnp.where(jnp.isfinite(logits), logits / self.temperature, -jnp.inf))
                                index = jax.random.categorical(self.make_rng("dropout"), logits)
                            shifted = logits - jnp.max(logits)
                            total = jnp.cumsum(jnp.exp(shifted))[-1]
                            return index, (shifted - jnp.log(total))[index]

                        def filtered(self, logits):
                            if self.top_k == 0 and self.top_p == 1:
                                return logits
                            scores, indices = jax.lax.top_k(logits, min(self.top_k or logits.size, logits.size))
                            if self.top_p < 1:
                                total = jnp.cumsum(jnp.exp(scores - scores[0]))
                                below = total < self.top_p * total[-1]
                                kept = jnp.concatenate([jnp.ones(1, bool), below[:-1]])
                                scores = jnp.where(kept, scores, -jnp.inf)
                            return jnp.full_like(logits, -jnp.inf).at[indices].set(scores)
                    """);

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
     * Draws.
     *
     * @param x logits, in one dimension: finite or negative infinity, at least one of them finite
     * @throws IllegalArgumentException also if x is not such a vector
     */
    @Override
    public LayerOutput apply(PrngKey key, float[] x, Shape shape) {
        requireLogits(x, shape);
        float[] logits = filtered(scaled(x));
        return output(JaxDistributions.categorical(key, logits, config), logits);
    }

    /**
     * Takes the first greatest logit.
     *
     * @throws IllegalArgumentException as {@link #apply}
     */
    @Override
    public LayerOutput deterministic(float[] x, Shape shape) {
        requireLogits(x, shape);
        return output(XlaReductions.argmax(x), x);
    }

    /** The shape of {@link #outputShape}: an index is taken in any case. */
    @Override
    public Shape deterministicShape(Shape shape) {
        return outputShape(shape);
    }

    private float[] scaled(float[] x) {
        float[] logits = x.clone();
        if ((float) temperature != 1) {
            float factor = 1 / (float) temperature;
            for (int i = 0; i < x.length; i++) {
                logits[i] = Float.isInfinite(x[i]) ? x[i] : XlaMath.multiply(x[i], factor);
            }
        }
        return logits;
    }

    private float[] filtered(float[] logits) {
        if (topK == 0 && topP == 1) {
            return logits;
        }
        int k = topK == 0 ? logits.length : Math.min(topK, logits.length);
        int[] indices = XlaReductions.topK(logits, k);
        int left = topP < 1 ? leftByProbability(logits, indices) : k;
        float[] filtered = new float[logits.length];
        Arrays.fill(filtered, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < left; i++) {
            filtered[indices[i]] = logits[indices[i]];
        }
        return filtered;
    }

    /** The number of greatest logits to keep: one more than those whose sum is below p. */
    private int leftByProbability(float[] logits, int[] indices) {
        float[] exponentials = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            exponentials[i] = XlaMath.exp(XlaMath.add(logits[indices[i]], -logits[indices[0]]));
        }
        float[] cumulative = XlaReductions.cumsum(exponentials);
        float bound = XlaMath.multiply((float) topP, cumulative[cumulative.length - 1]);
        int left = 1;
        while (left < cumulative.length && cumulative[left - 1] < bound) {
            left++;
        }
        return left;
    }

    private static LayerOutput output(int index, float[] logits) {
        float max = XlaReductions.max(logits);
        float[] exponentials = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = XlaMath.exp(XlaMath.add(logits[i], -max));
        }
        float total = XlaReductions.cumsum(exponentials)[logits.length - 1];
        float logProbability = XlaMath.add(XlaMath.add(logits[index], -max), -XlaMath.log(total));
        return new LayerOutput(
                new float[0],
                Shape.vector(0),
                0,
                new TreeMap<>(Map.of("index", index, "log_probability", logProbability)));
    }

    private void requireLogits(float[] x, Shape shape) {
        shape.requireSizeOf(x);
        outputShape(shape);
        requireValues(x);
    }

    /**
     * Checks logits.
     *
     * @throws IllegalArgumentException unless they are finite or negative infinity, and at least
     *     one of them is finite
     */
    @Override
    public void requireValues(float[] x) {
        boolean finite = false;
        for (int i = 0; i < x.length; i++) {
            finite |= Float.isFinite(x[i]);
            if (!(x[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Logits must be finite or -Infinity, but element %d is %s."
                                .formatted(i, x[i]));
            }
        }
        if (!finite) {
            throw new IllegalArgumentException(
                    "Logits must have an element that is finite, but all %d are -Infinity."
                            .formatted(x.length));
        }
    }

    /** No elements: what is drawn stands beside them. */
    @Override
    public boolean keepsShape() {
        return false;
    }

    @Override
    public Shape outputShape(Shape shape) {
        if (shape.rank() != 1 || shape.size() == 0) {
            throw new IllegalArgumentException(
                    "Logits must be a vector of at least one number, but have the shape %s."
                            .formatted(shape));
        }
        return Shape.vector(0);
    }
}
