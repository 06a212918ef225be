package org.mydropout.kernel.random;

import java.util.stream.IntStream;

/**
 * The loops in plain Java, written so that HotSpot's C2 makes SIMD code of them, on JDK 17 as on 25
 * and without flags; except for the one that selects and counts, {@link BlockLoops#selectByMasks}.
 * Decisions are a loop of their own, for C2 to make SIMD code of these at least.
 *
 * <p>C2 vectorizes innermost loops over {@code int} arrays, so an element of an array is a lane,
 * and each four rounds are one pass over the lanes: with more of them in a loop, the processor
 * waits for their results, as each round needs that of the one before. Both words of a counter live
 * in one array, a constant distance apart, so that C2 knows them not to overlap and one alignment
 * serves both. The counts come from an array because C2 on JDK 17 does not vectorize a use of the
 * loop variable itself. All six loops of the hash stand in one method, which is too large to be
 * inlined and is therefore compiled the same way for every caller.
 */
public final class PlainLoops implements BlockLoops {

    /** 0, 1, 2, … */
    private static final int[] COUNTS = IntStream.range(0, BLOCK).toArray();

    @Override
    public void hash(
            int k0, int k1, int first, int firstStep, int second, int[] words, int length) {
        int k2 = k0 ^ k1 ^ PARITY;
        int x0 = first + k0;
        int y0 = second + k1;
        for (int i = 0; i < length; i++) {
            words[i] = x0 + (COUNTS[i] & firstStep);
            words[BLOCK + i] = y0 + COUNTS[i];
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k1;
            words[BLOCK + i] = y + k2 + 1;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            words[i] = x + k2;
            words[BLOCK + i] = y + k0 + 2;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k0;
            words[BLOCK + i] = y + k1 + 3;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 17) ^ (x += y);
            y = rotate(y, 29) ^ (x += y);
            y = rotate(y, 16) ^ (x += y);
            y = rotate(y, 24) ^ (x += y);
            words[i] = x + k1;
            words[BLOCK + i] = y + k2 + 4;
        }
        for (int i = 0; i < length; i++) {
            int x = words[i];
            int y = words[BLOCK + i];
            y = rotate(y, 13) ^ (x += y);
            y = rotate(y, 15) ^ (x += y);
            y = rotate(y, 26) ^ (x += y);
            y = rotate(y, 6) ^ (x += y);
            words[i] = x + k2;
            words[BLOCK + i] = y + k0 + 5;
        }
    }

    @Override
    public int select32(
            int[] words,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        for (int i = 0; i < length; i++) {
            words[i] = (((words[i] ^ words[BLOCK + i]) >>> 9) - threshold) >> 31;
        }
        return BlockLoops.selectByMasks(words, 0, length, x, factor, out, from);
    }

    @Override
    public int selectTwo32(
            int[] words,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from,
            int second) {
        for (int i = 0; i < length; i++) {
            words[i] = ((words[i] >>> 9) - threshold) >> 31;
            words[BLOCK + i] = ((words[BLOCK + i] >>> 9) - threshold) >> 31;
        }
        int paired = Math.min(length, x.length - second);
        return BlockLoops.selectByMasks(words, 0, length, x, factor, out, from)
                + BlockLoops.selectByMasks(words, BLOCK, paired, x, factor, out, second);
    }

    /** Of two 52-bit numbers the sign of the difference is taken in two steps, as on paper. */
    @Override
    public int select64(
            int[] words,
            int length,
            long threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        int thresholdHigh = (int) (threshold >>> 21);
        int thresholdLow = (int) threshold & 0x1F_FFFF;
        for (int i = 0; i < length; i++) {
            int high = words[i] >>> 1;
            int low = (words[i] & 1) << 20 | words[BLOCK + i] >>> 12;
            int borrow = (low - thresholdLow) >> 31;
            words[i] = (high - thresholdHigh + borrow) >> 31;
        }
        return BlockLoops.selectByMasks(words, 0, length, x, factor, out, from);
    }

    /** {@link Integer#rotateLeft} in the form that C2 vectorizes on every JDK from 17. */
    private static int rotate(int word, int distance) {
        return word << distance | word >>> (Integer.SIZE - distance);
    }
}
