package org.mydropout.kernel.flax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mydropout.kernel.random.PrngKey;

/**
 * The named random streams of one {@code apply} of a Flax Linen model ({@code rngs={...}}), as one
 * module sees them (Flax: {@code flax.core.Scope}).
 *
 * <p>A module gets keys from {@link #makeRng}. {@link #child} gives the view of a submodule. Calls
 * are counted for each module and stream, so the same calls in the same order give the same keys.
 * Like the scope of an {@code apply}, an instance is used once, by one thread.
 */
public final class Rngs {

    /** The stream that replaces a missing one, since Flax 0.8.2. */
    private static final String FALLBACK = "params";

    private final Map<String, PrngKey> streams;
    private final ModulePath path;
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Rngs> children = new HashMap<>();

    private Rngs(Map<String, PrngKey> streams, ModulePath path) {
        this.streams = streams;
        this.path = path;
    }

    /** {@code rngs={name: key}}. */
    public static Rngs of(String name, PrngKey key) {
        return of(Map.of(name, key));
    }

    /** {@code rngs=key}, which Flax reads as {@code rngs={"params": key}}. */
    public static Rngs of(PrngKey key) {
        return of(FALLBACK, key);
    }

    /** {@code rngs=streams}, with Flax's default of no separator in the hash. */
    public static Rngs of(Map<String, PrngKey> streams) {
        return of(streams, false);
    }

    /**
     * {@code rngs=streams}.
     *
     * @param streams keys by stream name; the name itself does not enter a derived key
     * @param rngSeparator {@code flax_fix_rng_separator}, see {@link ModulePath}
     */
    public static Rngs of(Map<String, PrngKey> streams, boolean rngSeparator) {
        return new Rngs(Map.copyOf(streams), new ModulePath(List.of(), rngSeparator));
    }

    /**
     * The streams as the submodule {@code name} sees them. A second request for the same name, as
     * when a shared submodule is called twice, continues the counts of its calls (Flax: {@code
     * Scope.push}).
     *
     * @param name Flax's name of the submodule: {@code MyDropout_0} for the first unnamed one of
     *     its class, or the attribute name from {@code setup}
     */
    public Rngs child(String name) {
        return children.computeIfAbsent(name, n -> new Rngs(streams, path.child(n)));
    }

    /**
     * The next key of a stream for this module (Flax: {@code Module.make_rng}). {@code params}
     * replaces a missing stream, and both then share one count of calls.
     *
     * @throws InvalidRngException if neither exists, with Flax's message
     */
    public PrngKey makeRng(String name) {
        String stream = streams.containsKey(name) ? name : FALLBACK;
        PrngKey key = streams.get(stream);
        if (key == null) {
            throw new InvalidRngException(path, name);
        }
        return key.foldIn(path.foldData(counts.merge(stream, 1L, Long::sum)));
    }
}
