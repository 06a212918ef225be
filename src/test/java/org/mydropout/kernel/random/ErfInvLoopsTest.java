package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.math.XlaMath;

/**
 * Tests for the fastest {@link ErfInvLoops} in the JVM of the test. The build runs the tests of
 * this package with and without the Vector API.
 */
class ErfInvLoopsTest {

    private static final ErfInvLoops LOOPS =
            SimdService.fastest(ErfInvLoops.class, PlainErfInvLoops::new);

    private static final int BLOCK = BlockLoops.BLOCK;

    /** One run of the build requires the Vector API, on a machine with SIMD registers. */
    @Test
    void areThoseThatTheBuildDemands() {
        boolean vectorApi = Boolean.getBoolean("demand.vector-api");
        assertThat(LOOPS.getClass().getSimpleName())
                .isEqualTo(vectorApi ? "VectorApiErfInvLoops" : "PlainErfInvLoops");
    }

    /** A word counts by its upper 23 bits, so these are all words. */
    @Test
    void equalTheMathOfXlaOnEveryWord() {
        float minval = ErfInvLoops.ABOVE_MINUS_ONE;
        float span = 1 - minval;
        int[] words = new int[2 * BLOCK];
        float[] found = new float[BLOCK];
        float[] expected = new float[BLOCK];
        for (int first = 0; first < 1 << 23; first += BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                words[i] = ((first + i) << 9) | (i & 0x1FF);
                float unit = (first + i) * 0x1p-23f;
                expected[i] = XlaMath.erfInv(Math.max(minval, Math.fma(unit, span, minval)));
            }
            LOOPS.erfInv(words, 0, BLOCK, found, 0);
            assertThat(Arrays.mismatch(bits(found), bits(expected))).isEqualTo(-1);
        }
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
        return bits;
    }

    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(0, 100), IntStream.of(1023, BLOCK));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void writeNothingElse(int length) {
        int[] words = new int[2 * BLOCK];
        for (int i = 0; i < length; i++) {
            words[BLOCK + i] = i * 0x9E37_79B9;
        }
        float[] expected = new float[length + 7];
        Arrays.fill(expected, 42);
        for (int i = 0; i < length; i++) {
            float[] one = new float[1];
            new PlainErfInvLoops().erfInv(words, BLOCK + i, 1, one, 0);
            expected[3 + i] = one[0];
        }
        float[] found = new float[length + 7];
        Arrays.fill(found, 42);
        LOOPS.erfInv(words, BLOCK, length, found, 3);
        assertThat(found).isEqualTo(expected);
    }
}
