package org.mydropout.job.sheet;

import java.util.BitSet;
import java.util.List;

/**
 * The known elements of a mask.
 *
 * @param record the record's id and step as text
 * @param size the number of elements, from 0
 * @param known the elements for which it is known whether they are kept; in a written vector,
 *     elements that were 0 before dropout are unknown
 * @param kept the known elements that are kept
 */
record ObservedMask(String record, int size, BitSet known, BitSet kept) {

    /** A mask with all elements known. */
    static ObservedMask whole(String record, int size, BitSet kept) {
        BitSet all = new BitSet(size);
        all.set(0, size);
        return new ObservedMask(record, size, all, kept);
    }

    /** The number of known elements. */
    int trials() {
        return known.cardinality();
    }

    /** The number of known elements that are kept. */
    int hits() {
        return kept.cardinality();
    }

    /** A key that is equal for masks whose known elements are equal. */
    Object pattern() {
        return List.of(size, known, kept);
    }
}
