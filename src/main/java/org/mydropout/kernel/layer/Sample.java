package org.mydropout.kernel.layer;

import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.random.JaxConfig;

/**
 * Decides which records are in a sample: those whose uniform draw is below the fraction. The
 * decision depends on the record alone. Samples with the same seed are nested: a record in the
 * sample of 10 % is also in that of 50 %.
 *
 * <p>To decide by the id alone, use step 0. Both methods throw the exceptions of {@link
 * RecordKeys}.
 */
public final class Sample {

    /** The module that the draw belongs to. */
    public static final String MODULE = "Sample_0";

    /** The Flax module that decides. Call it as the submodule {@link #MODULE}. */
    public static final String PYTHON =
            """
            class Sample(nn.Module):
                fraction: float

                @nn.compact
                def __call__(self):
                    return jax.random.uniform(self.make_rng("dropout"), (), jnp.float32) < self.fraction
            """;

    private final RecordDraw draw;
    private final float fraction;

    /**
     * Creates a sample.
     *
     * @param rngSeparator {@code flax_fix_rng_separator}
     * @param fraction the share of records in the sample, from 0 to 1; rounded to float32, and
     *     exact to 2^-23
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public Sample(RecordKeys keys, boolean rngSeparator, JaxConfig config, double fraction) {
        if (!Rule.rate(fraction)) {
            throw new IllegalArgumentException(
                    "fraction must be a number from 0 to 1, but is %s.".formatted(fraction));
        }
        this.draw = new RecordDraw(keys, MODULE, rngSeparator, config);
        this.fraction = (float) fraction;
    }

    /** Whether a record with an integer id is in the sample. */
    public boolean contains(long id, long step) {
        return draw.draw(id, step) < fraction;
    }

    /** Whether a record with a string id is in the sample. */
    public boolean contains(String id, long step) {
        return draw.draw(id, step) < fraction;
    }
}
