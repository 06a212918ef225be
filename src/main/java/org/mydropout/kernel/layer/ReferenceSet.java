package org.mydropout.kernel.layer;

import java.util.List;

/** The vectors from which {@link Mixup} draws partners. Immutable. */
public final class ReferenceSet {

    private final List<String> ids;
    private final float[][] vectors;
    private final int length;

    /**
     * Copies ids and vectors.
     *
     * @param ids the ids of the vectors, in order; not null
     * @param vectors the vectors, at least one, all of the same length
     * @throws IllegalArgumentException if they are not
     */
    public ReferenceSet(List<String> ids, List<float[]> vectors) {
        if (vectors.isEmpty() || ids.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    "A reference set must have at least one vector and an id for each, but has %d vectors and %d ids."
                            .formatted(vectors.size(), ids.size()));
        }
        this.ids = List.copyOf(ids);
        this.vectors = vectors.stream().map(float[]::clone).toArray(float[][]::new);
        this.length = this.vectors[0].length;
        for (float[] vector : this.vectors) {
            if (vector.length != length) {
                throw new IllegalArgumentException(
                        "The vectors of a reference set must have the same length, but have %d and %d elements."
                                .formatted(length, vector.length));
            }
        }
    }

    /** The number of vectors, from 1. */
    public int size() {
        return vectors.length;
    }

    /** The number of elements of each vector. */
    public int length() {
        return length;
    }

    /** The id of a vector. */
    public String id(int index) {
        return ids.get(index);
    }

    /** An element of a vector. */
    float element(int index, int at) {
        return vectors[index][at];
    }
}
