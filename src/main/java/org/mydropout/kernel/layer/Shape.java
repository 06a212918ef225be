package org.mydropout.kernel.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of an array in row-major order: the last dimension varies fastest.
 *
 * <p>Immutable.
 */
public final class Shape {

    private final int[] dimensions;
    private final int size;

    private Shape(int[] dimensions) {
        this.dimensions = dimensions;
        long product = 1;
        for (int dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "The dimensions of a shape must be from 0, but are %s.".formatted(this));
            }
            // Limited to 2^32, so that the next product does not overflow. A later 0 still makes it
            // 0.
            product = Math.min(product * dimension, 1L << Integer.SIZE);
        }
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The elements of a shape must be at most 2147483647, but %s has more."
                            .formatted(this));
        }
        size = (int) product;
    }

    /** The shape of a vector of n elements, from 0. */
    public static Shape vector(int n) {
        return new Shape(new int[] {n});
    }

    /**
     * A shape with any number of dimensions; without dimensions it has a single element.
     *
     * @param dimensions each from 0, their product at most 2^31-1; copied
     * @throws IllegalArgumentException if a dimension is negative or the product is larger
     */
    public static Shape of(int... dimensions) {
        return new Shape(dimensions.clone());
    }

    /** The number of dimensions. */
    public int rank() {
        return dimensions.length;
    }

    /** The length of a dimension; the index is from 0 to rank - 1. */
    public int dimension(int index) {
        return dimensions[index];
    }

    /** The lengths of all dimensions, outermost first; unmodifiable. */
    public List<Integer> dimensions() {
        return Arrays.stream(dimensions).boxed().toList();
    }

    /** The lengths of all dimensions, outermost first, in a new array. */
    public int[] toArray() {
        return dimensions.clone();
    }

    /** The number of elements: the product of the dimensions. */
    public int size() {
        return size;
    }

    /**
     * Refuses an array of another size.
     *
     * @throws IllegalArgumentException if the size differs
     */
    void requireSizeOf(float[] x) {
        requireSize(x.length);
    }

    /**
     * Refuses another number of elements.
     *
     * @throws IllegalArgumentException if so
     */
    void requireSize(int length) {
        if (length != size) {
            throw new IllegalArgumentException(
                    "An array of the shape %s must have %d elements, but has %d."
                            .formatted(this, size, length));
        }
    }

    /**
     * Whether this is the shape of these dimensions.
     *
     * @param others null: one dimension, of the length
     */
    public boolean isOf(int[] others, int length) {
        return others == null
                ? dimensions.length == 1 && size == length
                : Arrays.equals(dimensions, others);
    }

    /** Whether the other object is a shape of the same dimensions. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(dimensions, that.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** The dimensions, for example {@code 28x28}. */
    @Override
    public String toString() {
        return Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }
}
