package org.mydropout.kernel.layer;

/**
 * The uniform draws behind a mask, and what they are compared with: an element is kept if the
 * integer that is its draw is below the threshold.
 *
 * @param mantissas a draw for each element, in row-major order: from 0 to 2^bits - 1
 * @param bits how many bits a draw has: 23 as a float32, 52 as a float64
 * @param threshold from 0, which keeps nothing, to 2^bits, which keeps everything
 */
@SuppressWarnings("ArrayRecordComponent")
public record MaskDraws(long[] mantissas, int bits, long threshold) {

    /** Whether an element is kept. */
    public boolean keeps(int index) {
        return mantissas[index] < threshold;
    }

    /** The exact probability of an element to be kept: the threshold in units of 2^-bits. */
    public double keepProbability() {
        return Math.scalb((double) threshold, -bits);
    }
}
