package org.mydropout.kernel.layer;

/**
 * The uniform draws of a mask and their threshold. An element is kept if its draw, as an integer,
 * is below the threshold.
 *
 * @param mantissas a draw per element, in row-major order: from 0 to 2^bits - 1
 * @param bits the bits of a draw: 23 for a float32, 52 for a float64
 * @param threshold from 0, which keeps no element, to 2^bits, which keeps all
 */
@SuppressWarnings("ArrayRecordComponent")
public record MaskDraws(long[] mantissas, int bits, long threshold) {

    /** Whether an element is kept. */
    public boolean keeps(int index) {
        return mantissas[index] < threshold;
    }

    /** The exact keep probability: the threshold in units of 2^-bits. */
    public double keepProbability() {
        return Math.scalb((double) threshold, -bits);
    }
}
