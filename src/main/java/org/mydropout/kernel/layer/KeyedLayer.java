package org.mydropout.kernel.layer;

import java.util.Objects;
import java.util.Optional;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.random.PrngKey;

/**
 * A layer and the key that it samples: the key of the first call of Flax's {@code make_rng} at a
 * module path, or the key of the record itself.
 */
public final class KeyedLayer {

    private static final long FIRST_CALL = 1;

    private final Layer layer;
    private final ModulePath path;
    private final int callHash;

    private KeyedLayer(Layer layer, ModulePath path) {
        this.layer = Objects.requireNonNull(layer, "layer");
        this.path = path;
        this.callHash = path == null ? 0 : (int) path.foldData(FIRST_CALL);
    }

    /** A layer that samples the first key of {@code make_rng} at a module path. */
    public static KeyedLayer at(ModulePath path, Layer layer) {
        return new KeyedLayer(layer, Objects.requireNonNull(path, "path"));
    }

    /**
     * A layer that samples the key of the record itself. It must be the only layer of a transform.
     */
    public static KeyedLayer raw(Layer layer) {
        return new KeyedLayer(layer, null);
    }

    /** The layer. */
    public Layer layer() {
        return layer;
    }

    /** The module path; empty if the key of the record is sampled. */
    public Optional<ModulePath> path() {
        return Optional.ofNullable(path);
    }

    /**
     * The word that {@code make_rng} folds into the key of the record, from 0 to 2^32-1; empty if
     * that key itself is sampled.
     */
    public Optional<Long> callHash() {
        return path().map(present -> Integer.toUnsignedLong(callHash));
    }

    /** Applies the layer with its key. */
    LayerOutput apply(PrngKey recordKey, float[] x, Shape shape) {
        return layer.apply(sampledKey(recordKey), x, shape);
    }

    /** The key that the layer samples. */
    PrngKey sampledKey(PrngKey recordKey) {
        return path == null ? recordKey : recordKey.foldWord(callHash);
    }
}
