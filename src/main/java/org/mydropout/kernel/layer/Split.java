package org.mydropout.kernel.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Which part of a split a record is in: each part has a range of uniform draws, one after the other
 * in the order given. The answer depends on the record alone; the parts are disjoint, and together
 * they have every record.
 *
 * <p>By the id alone, the step is 0. Both methods throw what {@link RecordKeys} throws.
 */
public final class Split {

    /** The module that the draw belongs to. */
    public static final String MODULE = "Split_0";

    /** The Flax module that gives the index of the part, to be called as {@link #MODULE}. */
    public static final String PYTHON =
            """
            class Split(nn.Module):
                bounds: tuple

                @nn.compact
                def __call__(self):
                    draw = jax.random.uniform(self.make_rng("dropout"), (), jnp.float32)
                    return jnp.sum(draw >= jnp.array(self.bounds, jnp.float32))
            """;

    /** How far from 1 the sum of the shares may be, for decimals that have no binary form. */
    private static final double TOLERANCE = 1e-9;

    private final RecordDraw draw;
    private final List<String> names;
    private final List<Double> bounds;

    /**
     * A split.
     *
     * @param rngSeparator {@code flax_fix_rng_separator}
     * @param shares of the parts by name, in order: each above 0, with the sum 1
     * @throws IllegalArgumentException if they are not
     */
    public Split(
            RecordKeys keys, boolean rngSeparator, JaxConfig config, Map<String, Double> shares) {
        double sum = 0;
        List<Double> cumulative = new ArrayList<>();
        for (double share : shares.values()) {
            sum += share > 0 ? share : Double.NaN;
            cumulative.add(sum);
        }
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The shares of a split must be above 0 and add up to 1, but are %s."
                            .formatted(shares));
        }
        this.draw = new RecordDraw(keys, MODULE, rngSeparator, config);
        this.names = List.copyOf(shares.keySet());
        this.bounds = List.copyOf(cumulative.subList(0, cumulative.size() - 1));
    }

    /** The part that a record with an integer id is in. */
    public String part(long id, long step) {
        return part(draw.draw(id, step));
    }

    /** The part that a record with a string id is in. */
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

    /** The Python expression that makes the module, such as {@code Split(bounds=(0.8, 0.9))}. */
    public String pythonCall() {
        return bounds.stream()
                .map(String::valueOf)
                .collect(
                        Collectors.joining(
                                ", ", "Split(bounds=(", bounds.size() == 1 ? ",))" : "))"));
    }
}
