package org.mydropout.job.sheet;

import java.util.BitSet;
import java.util.List;

/**
 * A mask as far as it is known.
 *
 * @param record whose mask it is, as a person calls it: its id and step
 * @param size how many elements it has, from 0
 * @param known the elements of which it is known whether they are kept: in a written vector an
 *     element that was 0 before dropout tells nothing
 * @param kept those of the known elements that are kept
 */
record ObservedMask(String record, int size, BitSet known, BitSet kept) {

    /** A mask of which every element is known. */
    static ObservedMask whole(String record, int size, BitSet kept) {
        BitSet all = new BitSet(size);
        all.set(0, size);
        return new ObservedMask(record, size, all, kept);
    }

    /** How many elements are known. */
    int trials() {
        return known.cardinality();
    }

    /** How many elements are known to be kept. */
    int hits() {
        return kept.cardinality();
    }

    /** Equal for two masks that are the same as far as they are known. */
    Object pattern() {
        return List.of(size, known, kept);
    }
}
