package org.mydropout.kernel.layer;

import java.util.List;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.random.PrngKey;

/**
 * How the keys that a record's layers sample are derived.
 *
 * @param baseKey the key of the seed
 * @param folds the words of the id and then of the step, each with the key after it; the last key
 *     is the key of the record
 * @param samples the key that each layer samples; none for a layer that needs no key
 */
public record Derivation(PrngKey baseKey, List<Fold> folds, List<Sample> samples) {

    /**
     * A key that is sampled.
     *
     * @param layer the layer, with what is folded into the key of the record for it
     * @param key the key that it samples
     */
    public record Sample(KeyedLayer layer, PrngKey key) {}

    /** Copies the lists. */
    public Derivation {
        folds = List.copyOf(folds);
        samples = List.copyOf(samples);
    }

    /** The key of the record, into which id and step have been folded. */
    public PrngKey recordKey() {
        return folds.get(folds.size() - 1).key();
    }
}
