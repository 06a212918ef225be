package org.mydropout.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests for {@link BlockLoops}, of the form that is the fastest in the JVM of the test: the build
 * runs this package's tests without the Vector API and with it.
 */
class BlockLoopsTest {

    private static final BlockLoops LOOPS = BlockLoops.fastest();

    /** The build demands the Vector API of one of its runs, on a machine with SIMD registers. */
    @Test
    void areThoseThatTheBuildDemands() {
        boolean vectorApi = Boolean.getBoolean("demand.vector-api");
        assertThat(LOOPS.getClass().getSimpleName())
                .isEqualTo(vectorApi ? "VectorApiLoops" : "PlainLoops");
        assertThat(MyDropout.usesVectorApi()).isEqualTo(vectorApi);
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

    /** Plain loops write no word beyond the length, the Vector API whole SIMD registers. */
    private static int mayBeWritten(int length) {
        return MyDropout.usesVectorApi() ? (length + 63) / 64 * 64 : length;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void decideByBothWordsOfACounter(int length) {
        for (int threshold : new int[] {0, 1, 1 << 22, (1 << 23) - 1, 1 << 23}) {
            int[] words = new Random(length).ints(2 * BlockLoops.BLOCK).toArray();
            int[] masks = words.clone();
            LOOPS.decide(masks, length, threshold);
            for (int i = 0; i < length; i++) {
                int draw = words[i] ^ words[BlockLoops.BLOCK + i];
                assertThat(masks[i]).as("%d", i).isEqualTo(draw >>> 9 < threshold ? -1 : 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void zeroTheMissesOfARangeAndCountTheHits(int length) {
        Random random = new Random(length);
        int from = random.nextInt(20);
        int offset = random.nextInt(20);
        int[] masks = random.ints(offset + length + 20L, -1, 1).toArray();
        float[] values = new float[from + length + 20];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
        }
        float[] expected = values.clone();
        int hits = 0;
        for (int i = 0; i < length; i++) {
            if (masks[offset + i] == -1) {
                hits++;
            } else {
                expected[from + i] = 0;
            }
        }
        assertThat(LOOPS.zeroMisses(values, from, masks, offset, length)).isEqualTo(hits);
        assertThat(GoldenVectors.bits(values)).isEqualTo(GoldenVectors.bits(expected));
    }
}
