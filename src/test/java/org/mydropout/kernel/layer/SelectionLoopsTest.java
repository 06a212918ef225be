package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.kernel.GoldenVectors.bits;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests for the fastest {@link SelectionLoops} in the JVM of the test. The build runs the tests of
 * this package with and without the Vector API.
 */
class SelectionLoopsTest {

    private static final SelectionLoops LOOPS = DropoutKernel.LOOPS;

    /** One run of the build requires the Vector API, on a machine with SIMD registers. */
    @Test
    void areThoseThatTheBuildDemands() {
        boolean vectorApi = Boolean.getBoolean("demand.vector-api");
        assertThat(LOOPS.getClass().getSimpleName())
                .isEqualTo(vectorApi ? "VectorApiSelectionLoops" : "PlainSelectionLoops");
        assertThat(MyDropout.usesVectorApi()).isEqualTo(vectorApi);
    }

    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(0, 150), IntStream.of(511, 512, 513, 1024));
    }

    /**
     * Selects into another array and in place, with elements before the range and none after it.
     */
    @ParameterizedTest
    @MethodSource("lengths")
    void scaleAndSelectByTheUpper23Bits(int length) {
        Random random = new Random(length);
        for (int threshold : new int[] {0, 1, 1 << 22, (1 << 23) - 1, 1 << 23}) {
            int from = random.nextInt(20);
            int at = random.nextInt(20);
            float factor = 1 + random.nextFloat();
            int[] words = random.ints(at + length + 20).toArray();
            float[] x = floats(from + length, random);
            float[] out = floats(from + length, random);
            float[] expected = out.clone();
            float[] expectedInPlace = x.clone();
            int hits = 0;
            for (int i = 0; i < length; i++) {
                if (i % 2 == 0) {
                    // Includes draws around the threshold.
                    words[at + i] = (threshold + i % 5 - 2) << 9;
                }
                boolean hit = words[at + i] >>> 9 < threshold;
                expected[from + i] = hit ? x[from + i] * factor : 0;
                expectedInPlace[from + i] = expected[from + i];
                hits += hit ? 1 : 0;
            }
            int[] input = bits(x);
            int[] before = Arrays.copyOf(words, at);
            int[] after = Arrays.copyOfRange(words, at + length, words.length);

            assertThat(LOOPS.select(words.clone(), at, length, threshold, x, factor, out, from))
                    .isEqualTo(hits);
            assertThat(bits(out)).isEqualTo(bits(expected));
            assertThat(bits(x)).isEqualTo(input);

            assertThat(LOOPS.select(words, at, length, threshold, x, factor, x, from))
                    .isEqualTo(hits);
            assertThat(bits(x)).isEqualTo(bits(expectedInPlace));
            assertThat(Arrays.copyOf(words, at)).isEqualTo(before);
            assertThat(Arrays.copyOfRange(words, at + length, words.length)).isEqualTo(after);
        }
    }

    private static float[] floats(int length, Random random) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
        }
        return floats;
    }
}
