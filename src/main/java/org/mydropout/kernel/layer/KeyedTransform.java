package org.mydropout.kernel.layer;

import java.util.List;
import java.util.Objects;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.math.FloatType;
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

    /** Those that change something. */
    private final KeyedLayer[] active;

    private final boolean deterministic;

    /**
     * Checks the values of an array, as far as they can be checked before a layer is applied.
     *
     * @throws IllegalArgumentException if a layer cannot be applied to them
     */
    public void requireValues(float[] x) {
        for (KeyedLayer layer : layers) {
            layer.layer().requireValues(x);
        }
    }

    /**
     * What the layers do to arrays of a shape.
     *
     * @param output the shape of the result
     * @param masked how many elements they may drop: those of the inputs of all layers that drop
     * @param expectedDropped how many of these are dropped on average
     */
    public record Effect(Shape output, long masked, double expectedDropped) {}

    /**
     * Creates a transform.
     *
     * @param keys the keys of records
     * @param layers the layers in order; an empty list passes every vector unchanged
     * @throws IllegalArgumentException if two layers would sample the same key, or if a layer would
     *     sample the record's key and is not the only one
     */
    public KeyedTransform(RecordKeys keys, List<KeyedLayer> layers) {
        this(keys, layers, false);
    }

    /**
     * A transform.
     *
     * @param deterministic whether every layer is called with {@code deterministic=True}, for which
     *     no key is derived
     * @throws IllegalArgumentException as the other constructor
     */
    public KeyedTransform(RecordKeys keys, List<KeyedLayer> layers, boolean deterministic) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.layers = List.copyOf(layers);
        this.active =
                layers.stream()
                        .filter(layer -> !deterministic && !layer.layer().isIdentity())
                        .toArray(KeyedLayer[]::new);
        this.deterministic = deterministic;
        KeyedLayer.requireKeysOfTheirOwn(layers);
    }

    /** The layers in order; unmodifiable. */
    public List<KeyedLayer> layers() {
        return layers;
    }

    /** The names of what the layers write beside the values, in order. */
    public List<String> fieldNames() {
        return layers.stream().flatMap(layer -> layer.layer().fieldNames().stream()).toList();
    }

    /** Whether every vector passes as {@link #deterministic} gives it, and no key is derived. */
    public boolean isIdentity() {
        return active.length == 0;
    }

    /** Whether every array leaves with the shape that it came with, deterministic or not. */
    public boolean keepsShape() {
        return layers.stream().allMatch(layer -> layer.layer().keepsShape());
    }

    /**
     * What the layers do to arrays of a shape.
     *
     * @throws IllegalArgumentException if they cannot be applied to an array of this shape
     */
    public Effect effect(Shape input) {
        Shape shape = input;
        if (deterministic) {
            for (KeyedLayer layer : layers) {
                shape = layer.layer().deterministicShape(shape);
            }
            return new Effect(shape, 0, 0);
        }
        long masked = 0;
        double expectedDropped = 0;
        for (KeyedLayer layer : active) {
            double expected = layer.layer().expectedDropped(shape);
            masked += expected > 0 ? shape.size() : 0;
            expectedDropped += expected;
            shape = layer.layer().outputShape(shape);
        }
        return new Effect(shape, masked, expectedDropped);
    }

    /**
     * What all layers make of x when called with {@code deterministic=True}: most often x itself.
     */
    public LayerOutput deterministic(float[] x, Shape shape) {
        LayerOutput output = unchanged(x, shape);
        for (KeyedLayer layer : layers) {
            output = output.then(layer.layer().deterministic(output.values(), output.shape()));
        }
        return output;
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
            return deterministic ? deterministic(x, shape) : unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    /** As {@link #apply(long, long, float[], Shape)}, for a string id. */
    public LayerOutput apply(String id, long step, float[] x, Shape shape) {
        if (isIdentity()) {
            keys.check(id, step);
            return deterministic ? deterministic(x, shape) : unchanged(x, shape);
        }
        return apply(keys.key(id, step), x, shape);
    }

    /**
     * The same transform for arrays of another type than float32.
     *
     * @throws IllegalArgumentException if a layer is not known to give JAX's bits for the type
     */
    public TypedTransform typed(FloatType type) {
        return new TypedTransform(keys, layers, List.of(active), type);
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
}
