package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests for the fastest {@link BlockLoops} in the JVM of the test. The build runs the tests of this
 * package with and without the Vector API.
 */
class BlockLoopsTest {

    private static final BlockLoops LOOPS = SimdService.fastest(BlockLoops.class, PlainLoops::new);

    /** One run of the build requires the Vector API, on a machine with SIMD registers. */
    @Test
    void areThoseThatTheBuildDemands() {
        boolean vectorApi = Boolean.getBoolean("demand.vector-api");
        assertThat(LOOPS.getClass().getSimpleName())
                .isEqualTo(vectorApi ? "VectorApiLoops" : "PlainLoops");
    }

    static IntStream lengths() {
        return IntStream.concat(
                IntStream.rangeClosed(0, 300),
                IntStream.of(511, 512, 513, BlockLoops.BLOCK - 1, BlockLoops.BLOCK));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void hashABlockAsSingleCounters(int length) {
        int k0 = 0x13198a2e;
        int k1 = 0x03707344;
        for (int firstStep : new int[] {0, -1}) {
            // The counts wrap around as unsigned integers do.
            int first = -3;
            int second = -100;
            int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
            int[] expected = words.clone();
            for (int i = 0; i < length; i++) {
                long hash = Threefry2x32.hash(k0, k1, first + (firstStep & i), second + i);
                expected[i] = (int) (hash >>> 32);
                expected[BlockLoops.BLOCK + i] = (int) hash;
            }
            LOOPS.hash(k0, k1, first, firstStep, second, words, length);
            for (int i = length; i < mayBeWritten(length); i++) {
                expected[i] = words[i];
                expected[BlockLoops.BLOCK + i] = words[BlockLoops.BLOCK + i];
            }
            assertThat(words).isEqualTo(expected);
        }
    }

    /**
     * The plain loops write no word beyond the length, the Vector API writes whole SIMD registers.
     */
    private static int mayBeWritten(int length) {
        return LOOPS instanceof PlainLoops ? length : (length + 63) / 64 * 64;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void hashPairsOneAfterTheOther(int length) {
        assumeThat(length).isLessThanOrEqualTo(BlockLoops.BLOCK / 2);
        int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
        LOOPS.hashPairs(7, -8, -100, words, length);
        for (int i = 0; i < length; i++) {
            long hash = Threefry2x32.hash(7, -8, i, i - 100);
            assertThat(words[i]).isEqualTo((int) (hash >>> 32));
            assertThat(words[length + i]).isEqualTo((int) hash);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void drawTheXorOfBothWords(int length) {
        int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
        int[] before = words.clone();
        LOOPS.draw32(7, -8, -100, words, length);
        for (int i = 0; i < length; i++) {
            long hash = Threefry2x32.hash(7, -8, 0, i - 100);
            assertThat(words[i]).isEqualTo((int) (hash >>> 32 ^ hash));
        }
        for (int i = mayBeWritten(length); i < BlockLoops.BLOCK; i++) {
            assertThat(words[i]).isEqualTo(before[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void compareDrawsOf64Bits(int length) {
        int k0 = 0x13198a2e;
        int k1 = 0x03707344;
        int first = -3;
        int second = -100;
        for (int firstStep : new int[] {0, -1}) {
            long[] draws = new long[length];
            for (int i = 0; i < length; i++) {
                draws[i] = Threefry2x32.hash(k0, k1, first + (firstStep & i), second + i) >>> 12;
            }
            for (long threshold : thresholds(draws)) {
                int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
                int[] before = words.clone();
                LOOPS.compare64(k0, k1, first, firstStep, second, words, length, threshold);
                for (int i = 0; i < length; i++) {
                    assertThat(words[i] >= 0).isEqualTo(draws[i] < threshold);
                }
                for (int i = mayBeWritten(length); i < BlockLoops.BLOCK; i++) {
                    assertThat(words[i]).isEqualTo(before[i]);
                }
            }
        }
    }

    /**
     * The bounds, and numbers around a draw: its own value, its neighbours, and those from which it
     * differs in the lower or in the upper half only.
     */
    private static long[] thresholds(long[] draws) {
        long bounds = 1L << 52;
        if (draws.length == 0) {
            return new long[] {0, bounds};
        }
        long draw = draws[draws.length / 2];
        long low = 1L << 21;
        return new long[] {
            0,
            1,
            bounds / 2,
            bounds / 2 + 1,
            bounds - 1,
            bounds,
            draw,
            draw + 1,
            draw / low * low,
            draw | (low - 1),
            draw + low
        };
    }
}
