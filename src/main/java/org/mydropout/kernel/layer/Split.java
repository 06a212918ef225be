package org.mydropout.kernel.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Decides which part of a split a record is in. Each part has a range of uniform draws, in the
 * given order. The decision depends on the record alone. Each record is in exactly one part.
 *
 * <p>To decide by the id alone, use step 0. Both methods throw the exceptions of {@link
 * RecordKeys}.
 */
public final class Split {

    /** The module that the draw belongs to. */
    public static final String MODULE = "Split_0";

    /**
     * The Flax module that gives the index of the part. Call it as the submodule {@link #MODULE}.
     */
    public static final String PYTHON =
            """
            class Split(nn.Module):
                bounds: tuple

                @nn.compact
                def __call__(self):
                    draw = jax.random.uniform(self.make_rng("dropout"), (), jnp.float32)
                    return jnp.sum(draw >= jnp.array(self.bounds, jnp.float32))
            """;

    /** How far the sum of shares may be from 1, because decimals are rounded to binary. */
    private static final double TOLERANCE = 1e-9;

    private final RecordDraw draw;
    private final List<String> names;
    private final List<Double> bounds;

    /**
     * Creates a split.
     *
     * @param rngSeparator {@code flax_fix_rng_separator}
     * @param shares the shares of the parts by name, in order: each above 0, with the sum 1
     * @throws IllegalArgumentException if they are not
     */
    public Split(
            RecordKeys keys, boolean rngSeparator, JaxConfig config, Map<String, Double> shares) {
        if (!areShares(shares.values())) {
            throw new IllegalArgumentException(
                    "The shares of a split must be above 0 and add up to 1, but are %s."
                            .formatted(shares));
        }
        double sum = 0;
        List<Double> cumulative = new ArrayList<>();
        for (double share : shares.values()) {
            sum += share;
            cumulative.add(sum);
        }
        this.draw = new RecordDraw(keys, MODULE, rngSeparator, config);
        this.names = List.copyOf(shares.keySet());
        this.bounds = List.copyOf(cumulative.subList(0, cumulative.size() - 1));
    }

    /** Whether numbers are the shares of a split: each above 0, with the sum 1. */
    public static boolean areShares(Collection<Double> shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share > 0 ? share : Double.NaN;
        }
        return Math.abs(sum - 1) <= TOLERANCE;
    }

    /** The part of a record with an integer id. */
    public String part(long id, long step) {
        return part(draw.draw(id, step));
    }

    /** The part of a record with a string id. */
    public String part(String id, long step) {
        return part(draw.draw(id, step));
    }

    private String part(float drawn) {
        int index = 0;
        while (index < bounds.size() && drawn >= bounds.get(index).floatValue()) {
            index++;
        }
        return names.get(index);
    }

    /** The Python expression that creates the module, such as {@code Split(bounds=(0.8, 0.9))}. */
    public String pythonCall() {
        return bounds.stream()
                .map(String::valueOf)
                .collect(
                        Collectors.joining(
                                ", ", "Split(bounds=(", bounds.size() == 1 ? ",))" : "))"));
    }
}
