package org.mydropout.job.text;

import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * Determines the dimensions of nested arrays while they are read from left to right. All arrays of
 * one depth must have the same length, and all numbers the same depth.
 */
final class Nesting {

    /** The most dimensions, as in NumPy. */
    static final int MOST_DIMENSIONS = 64;

    private static final int UNKNOWN = -1;

    /** The length of the arrays at each depth, from the first one that ended. */
    private final int[] lengths = new int[MOST_DIMENSIONS];

    /** The number of arrays so far in the open array of each depth. */
    private final int[] children = new int[MOST_DIMENSIONS];

    /** The number of open arrays. */
    private int depth;

    /** The depth of the numbers, known from the first number or end of an array. */
    private int rank;

    private boolean rankKnown;

    /** The number of numbers before the innermost array. */
    private int numbersBefore;

    /** Prepares for the next vector. */
    void clear() {
        depth = 0;
        rank = 0;
        rankKnown = false;
    }

    /**
     * Handles the start of an array.
     *
     * @param numbers the number of numbers so far
     * @return whether an array may start there
     */
    boolean start(int numbers) {
        if (depth == MOST_DIMENSIONS || (rankKnown && depth == rank)) {
            return false;
        }
        children[depth] = 0;
        if (!rankKnown) {
            lengths[depth] = UNKNOWN;
            rank = depth + 1;
        }
        depth++;
        numbersBefore = numbers;
        return true;
    }

    /** Handles a number, and returns whether it may be there. */
    boolean number() {
        rankKnown = true;
        return depth == rank;
    }

    /**
     * Handles the end of an array.
     *
     * @param numbers the number of numbers so far
     * @return whether the array is as long as those before it
     */
    boolean end(int numbers) {
        rankKnown = true;
        int length = depth == rank ? numbers - numbersBefore : children[depth - 1];
        depth--;
        if (depth > 0) {
            children[depth - 1]++;
        }
        if (lengths[depth] == UNKNOWN) {
            lengths[depth] = length;
        }
        return lengths[depth] == length;
    }

    /** Whether all arrays have ended. */
    boolean isComplete() {
        return depth == 0;
    }

    /** The dimensions of complete arrays, outermost first; null if there is only one. */
    @Nullable
    int[] shape() {
        return rank == 1 ? null : Arrays.copyOf(lengths, rank);
    }
}
