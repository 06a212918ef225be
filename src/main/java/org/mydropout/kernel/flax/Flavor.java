package org.mydropout.kernel.flax;

import java.util.Locale;

/** Which JAX program draws from the key of a record (see {@link RecordKeys}). */
public enum Flavor {
    /**
     * Flax Linen: the key of the record is given as {@code rngs={"dropout": key}}, and {@code
     * Module.make_rng} folds the hash of module path and call count 1 into it.
     */
    LINEN,
    /**
     * Flax NNX, from version 0.11: {@code nnx.Dropout(rate, rngs=nnx.Rngs(dropout=key))}. The
     * constructor forks a stream: its key is the record's with the number of the fork folded in,
     * from 0. The first call folds 0 into that. In Flax: {@code flax.nnx.rnglib.RngStream}.
     */
    NNX,
    /**
     * The key of the record itself: {@code jax.random.bernoulli(key, 1 - rate, x.shape)}, or {@code
     * flax.nnx.Dropout} called with {@code rngs=key}.
     */
    RAW;

    /** The option value, such as {@code linen}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
