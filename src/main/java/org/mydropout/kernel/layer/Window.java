package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxIndices;
import org.mydropout.kernel.random.PrngKey;

/**
 * A block of fixed size at a random place in an array: {@code jax.random.randint(key, (x.ndim,), 0,
 * shape - size + 1)}.
 */
final class Window {

    /** Receives a run of adjacent elements. */
    interface RunConsumer {
        /**
         * Receives a run.
         *
         * @param from the index of its first element in the array
         * @param run the number of the run, from 0, in row-major order
         * @param length the number of its elements
         */
        void accept(int from, int run, int length);
    }

    private final Shape size;
    private final JaxConfig config;

    Window(int[] size, JaxConfig config) {
        this.size = Shape.of(size);
        this.config = config;
        if (size.length == 0) {
            throw new IllegalArgumentException("size must have at least one number, but has none.");
        }
    }

    Shape size() {
        return size;
    }

    int elements() {
        return size.size();
    }

    boolean isEmpty() {
        return size.size() == 0;
    }

    /** Draws the place and visits the rows of the block. */
    void forEachRun(PrngKey key, Shape shape, RunConsumer consumer) {
        int rank = shape.rank();
        int[] start = start(key, shape);
        int length = size.dimension(rank - 1);
        int runs = isEmpty() ? 0 : size.size() / length;
        for (int run = 0; run < runs; run++) {
            int rest = run;
            int from = start[rank - 1];
            int stride = shape.dimension(rank - 1);
            for (int d = rank - 2; d >= 0; d--) {
                from += (start[d] + rest % size.dimension(d)) * stride;
                rest /= size.dimension(d);
                stride *= shape.dimension(d);
            }
            consumer.accept(from, run, length);
        }
    }

    /**
     * Refuses a shape that the block does not fit into.
     *
     * @throws IllegalArgumentException if so
     */
    void requireFit(Shape shape) {
        bounds(shape);
    }

    private int[] start(PrngKey key, Shape shape) {
        int[] bounds = bounds(shape);
        return JaxIndices.randint(key, new int[bounds.length], bounds, config);
    }

    /** How many places there are in each dimension. */
    private int[] bounds(Shape shape) {
        boolean fits = size.rank() == shape.rank();
        int[] bounds = new int[shape.rank()];
        for (int d = 0; fits && d < bounds.length; d++) {
            bounds[d] = shape.dimension(d) - size.dimension(d) + 1;
            fits = bounds[d] > 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "size must fit into the array, whose shape is %s, but is %s."
                            .formatted(shape, size));
        }
        return bounds;
    }
}
