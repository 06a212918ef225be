package org.mydropout.job.text;

import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * The dimensions of nested arrays, learned while they are read from left to right: all arrays of
 * one depth must have one length, and numbers stand at one depth only.
 */
final class Nesting {

    /** The most dimensions, as NumPy has it. */
    static final int MOST_DIMENSIONS = 64;

    private static final int UNKNOWN = -1;

    /** The length of the arrays at each depth, as the first that ended has it. */
    private final int[] lengths = new int[MOST_DIMENSIONS];

    /** How many arrays the open array of each depth has so far. */
    private final int[] children = new int[MOST_DIMENSIONS];

    /** How many arrays are open. */
    private int depth;

    /** The depth of the numbers, which is known at the first number or array's end. */
    private int rank;

    private boolean rankKnown;

    /** How many numbers had been read when the innermost array began. */
    private int numbersBefore;

    /** Forgets everything. */
    void clear() {
        depth = 0;
        rank = 0;
        rankKnown = false;
    }

    /**
     * Takes an array's start.
     *
     * @param numbers how many numbers have been read
     * @return whether one may stand there
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

    /** Takes a number, and returns whether one may stand there. */
    boolean number() {
        rankKnown = true;
        return depth == rank;
    }

    /**
     * Takes an array's end.
     *
     * @param numbers how many numbers have been read
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

    /** Whether every array that has begun has ended. */
    boolean isComplete() {
        return depth == 0;
    }

    /** The dimensions, outermost first, when all is read; null where there is one. */
    @Nullable
    int[] shape() {
        return rank == 1 ? null : Arrays.copyOf(lengths, rank);
    }
}
