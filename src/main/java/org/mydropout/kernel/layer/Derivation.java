package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.random.PrngKey;

/**
 * The derivation of the keys that a record's layers sample.
 *
 * @param baseKey the key of the seed
 * @param folds the words of the id and then of the step, each with the key after it; the last key
 *     is the key of the record
 * @param samples the sampled key of each layer that needs one
 */
public record Derivation(PrngKey baseKey, List<Fold> folds, List<Sample> samples) {

    /**
     * The sampled key of a layer.
     *
     * @param layer the layer, with the word that is folded into the record's key for it
     * @param key the key that it samples
     */
    public record Sample(KeyedLayer layer, PrngKey key) {}

    /** Copies the lists. */
    public Derivation {
        folds = List.copyOf(folds);
        samples = List.copyOf(samples);
    }

    /** The key of the record, which includes id and step. */
    public PrngKey recordKey() {
        return folds.get(folds.size() - 1).key();
    }
}
