package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
        long half = 1L << 51;
        for (long threshold : new long[] {0, 1, half, half + 1, (1L << 52) - 1, 1L << 52}) {
            int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
            int[] expected = new int[length];
            for (int i = 0; i < length; i++) {
                if (i % 2 == 0) {
                    // Includes draws around the threshold, where the lower word decides.
                    long draw = (threshold + i % 5 - 2) << 12;
                    words[i] = (int) (draw >>> 32);
                    words[BlockLoops.BLOCK + i] = (int) draw;
                }
                long draw =
                        (long) words[i] << 32 | Integer.toUnsignedLong(words[BlockLoops.BLOCK + i]);
                expected[i] = draw >>> 12 < threshold ? 0 : -1;
            }
            LOOPS.compare64(words, length, threshold);
            assertThat(Arrays.copyOf(words, length)).isEqualTo(expected);
        }
    }
}
