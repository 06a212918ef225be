package org.mydropout.kernel.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.random.PrngKey;

/**
 * A layer and the key that it samples, which is the key of the record with some words folded in:
 *
 * <table>
 *   <caption>Words by flavor</caption>
 *   <tr><td>{@link Flavor#LINEN}</td><td>that of the first call of {@code make_rng} at a module path
 *   <tr><td>{@link Flavor#NNX}</td><td>the number of the fork, and 0 for the first call
 *   <tr><td>{@link Flavor#RAW}</td><td>none
 * </table>
 */
public final class KeyedLayer {

    private static final long FIRST_CALL = 1;

    private static final int FIRST_NNX_CALL = 0;

    private final Layer layer;
    private final Flavor flavor;
    private final Optional<ModulePath> path;
    private final int[] words;

    private KeyedLayer(Layer layer, Flavor flavor, Optional<ModulePath> path, int... words) {
        this.layer = Objects.requireNonNull(layer, "layer");
        this.flavor = flavor;
        this.path = path;
        this.words = words;
    }

    /** A layer that samples the first key of {@code make_rng} at a module path. */
    public static KeyedLayer at(ModulePath path, Layer layer) {
        int hash = (int) path.foldData(FIRST_CALL);
        return new KeyedLayer(layer, Flavor.LINEN, Optional.of(path), hash);
    }

    /**
     * A layer that samples the first key of the stream that it forks from {@code nnx.Rngs}.
     *
     * @param fork the number of layers that forked from the same streams before it, from 0
     */
    public static KeyedLayer nnx(int fork, Layer layer) {
        return new KeyedLayer(layer, Flavor.NNX, Optional.empty(), fork, FIRST_NNX_CALL);
    }

    /**
     * A layer that samples the key of the record itself. It must be the only layer of a transform.
     */
    public static KeyedLayer raw(Layer layer) {
        return new KeyedLayer(layer, Flavor.RAW, Optional.empty());
    }

    /** The layer. */
    public Layer layer() {
        return layer;
    }

    /** Where the words come from. */
    public Flavor flavor() {
        return flavor;
    }

    /** The module path; empty unless the flavor is {@link Flavor#LINEN}. */
    public Optional<ModulePath> path() {
        return path;
    }

    /** The words that are folded into the key of the record, in order, from 0 to 2^32-1. */
    public List<Long> words() {
        return Arrays.stream(words).mapToObj(Integer::toUnsignedLong).toList();
    }

    /** Applies the layer with its key. */
    LayerOutput apply(PrngKey recordKey, float[] x, Shape shape) {
        return layer.apply(sampledKey(recordKey), x, shape);
    }

    /** The key that the layer samples. */
    PrngKey sampledKey(PrngKey recordKey) {
        PrngKey key = recordKey;
        for (int word : words) {
            key = key.foldWord(word);
        }
        return key;
    }

    /** The key after each of the words. */
    public List<PrngKey> keys(PrngKey recordKey) {
        List<PrngKey> keys = new ArrayList<>();
        PrngKey key = recordKey;
        for (int word : words) {
            key = key.foldWord(word);
            keys.add(key);
        }
        return keys;
    }

    /** Whether the other layer samples the same key, or one that is folded from this one's. */
    boolean isFoldedInto(KeyedLayer other) {
        return words.length <= other.words.length
                && Arrays.mismatch(words, Arrays.copyOf(other.words, words.length)) < 0;
    }

    /** What the key is that of, in a sentence. */
    String place() {
        return switch (flavor) {
            case LINEN -> "the module path " + path.orElseThrow().names();
            case NNX -> "fork %d of nnx.Rngs".formatted(words[0]);
            case RAW -> "the record";
        };
    }

    /**
     * Refuses layers of which two sample the same key, or one a key that another folds.
     *
     * @throws IllegalArgumentException if they are refused
     */
    static void requireKeysOfTheirOwn(List<KeyedLayer> layers) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).flavor() == Flavor.RAW && layers.size() > 1) {
                throw new IllegalArgumentException(
                        ("A layer that samples the key of the record itself must be the only one, but"
                                        + " is one of %d: the keys of the others are folded from it.")
                                .formatted(layers.size()));
            }
            for (int j = 0; j < i; j++) {
                requireOtherKeys(layers.get(j), layers.get(i));
            }
        }
    }

    /** The keys of the flavors meet where the hash of a module path is the number of a fork. */
    private static void requireOtherKeys(KeyedLayer first, KeyedLayer second) {
        boolean folded = first.isFoldedInto(second);
        if (folded && second.isFoldedInto(first)) {
            throw new IllegalArgumentException(
                    "Each layer must sample a key of its own, but two sample that of %s."
                            .formatted(first.place()));
        }
        if (folded || second.isFoldedInto(first)) {
            throw new IllegalArgumentException(
                    "Each layer must sample a key that is not folded, but that of %s is folded with that of %s."
                            .formatted(first.place(), second.place()));
        }
    }
}
