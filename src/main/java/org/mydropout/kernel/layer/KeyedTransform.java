package org.mydropout.kernel.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.random.PrngKey;

/**
 * A pure function of a record, (id, step, vector) to vector. It applies layers one after the other,
 * each with its own key. In Flax, for one dropout at the top level:
 *
 * <pre>{@code
 * key = jax.random.fold_in(jax.random.fold_in(jax.random.key(seed), id), step)
 * y = MyDropout(rate).apply({}, x, rngs={"dropout": key})
 * }</pre>
 *
 * <p>Several layers give Flax's bits if each runs in its own {@code jax.jit}.
 *
 * <p>Immutable and thread-safe. Methods with an id and a step refuse what {@link RecordKeys}
 * refuses, with its exceptions.
 */
public final class KeyedTransform {

    private final RecordKeys keys;
    private final List<KeyedLayer> layers;

    /** The layers that change something. */
    private final KeyedLayer[] active;

    /**
     * Creates a transform.
     *
     * @param keys the keys of records
     * @param layers the layers in order; an empty list passes every vector unchanged
     * @throws IllegalArgumentException if two layers would sample the same key, or if a layer would
     *     sample the record's key and is not the only one
     */
    public KeyedTransform(RecordKeys keys, List<KeyedLayer> layers) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.layers = List.copyOf(layers);
        this.active =
                layers.stream()
                        .filter(layer -> !layer.layer().isIdentity())
                        .toArray(KeyedLayer[]::new);
        requireKeysOfTheirOwn();
    }

    /** The layers in order; unmodifiable. */
    public List<KeyedLayer> layers() {
        return layers;
    }

    /** Whether every vector passes unchanged and no key is derived. */
    public boolean isIdentity() {
        return active.length == 0;
    }

    /**
     * The expected number of elements that masks drop, summed over the layers, as a share of a
     * vector's elements.
     */
    public double dropProbability() {
        double sum = 0;
        for (KeyedLayer layer : active) {
            if (layer.layer() instanceof MaskingLayer masking) {
                sum += 1 - masking.keepProbability();
            }
        }
        return sum;
    }

    /**
     * Transforms the vector of a record with an integer id.
     *
     * @param x the vector, of any length; it is not written to
     * @return a new array, or x itself if this is the identity
     */
    public LayerOutput apply(long id, long step, float[] x) {
        return apply(id, step, x, Shape.vector(x.length));
    }

    /** As {@link #apply(long, long, float[])}, for a string id. */
    public LayerOutput apply(String id, long step, float[] x) {
        return apply(id, step, x, Shape.vector(x.length));
    }

    /**
     * Transforms the array of a record with an integer id.
     *
     * @param x the elements in row-major order; they are not written to
     * @param shape the shape of x
     * @return a new array, or x itself if this is the identity
     * @throws IllegalArgumentException also if the size of x is not that of the shape
     */
    public LayerOutput apply(long id, long step, float[] x, Shape shape) {
        if (isIdentity()) {
            keys.check(id, step);
            return unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    /** As {@link #apply(long, long, float[], Shape)}, for a string id. */
    public LayerOutput apply(String id, long step, float[] x, Shape shape) {
        if (isIdentity()) {
            keys.check(id, step);
            return unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    /** The derivation of the keys of a record with an integer id. */
    public Derivation derivation(long id, long step) {
        return derivation(keys.folds(id, step));
    }

    /** As {@link #derivation(long, long)}, for a string id. */
    public Derivation derivation(String id, long step) {
        return derivation(keys.folds(id, step));
    }

    /** Refuses the ids and steps that {@code apply} refuses. */
    public void check(long id, long step) {
        keys.check(id, step);
    }

    /** As {@link #check(long, long)}, for a string id. */
    public void check(String id, long step) {
        keys.check(id, step);
    }

    private LayerOutput apply(PrngKey recordKey, float[] x, Shape shape) {
        LayerOutput output = active[0].apply(recordKey, x, shape);
        for (int i = 1; i < active.length; i++) {
            output = output.then(active[i].apply(recordKey, output.values(), output.shape()));
        }
        return output;
    }

    private Derivation derivation(List<Fold> folds) {
        PrngKey recordKey = folds.get(folds.size() - 1).key();
        return new Derivation(
                keys.base(),
                folds,
                List.of(active).stream()
                        .map(layer -> new Derivation.Sample(layer, layer.sampledKey(recordKey)))
                        .toList());
    }

    private static LayerOutput unchanged(float[] x, Shape shape) {
        shape.requireSizeOf(x);
        return new LayerOutput(x, shape, 0);
    }

    private void requireKeysOfTheirOwn() {
        Set<Optional<Long>> callHashes = new HashSet<>();
        for (KeyedLayer layer : layers) {
            if (layer.path().isEmpty() && layers.size() > 1) {
                throw new IllegalArgumentException(
                        ("A layer that samples the key of the record itself must be the only one, but"
                                        + " is one of %d: the keys of the others are folded from it.")
                                .formatted(layers.size()));
            }
            if (!callHashes.add(layer.callHash())) {
                throw new IllegalArgumentException(
                        ("Each layer must sample a key of its own, but two sample that of the module"
                                        + " path %s.")
                                .formatted(layer.path().orElseThrow().names()));
            }
        }
    }
}
