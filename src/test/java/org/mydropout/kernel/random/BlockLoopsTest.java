package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.layer.MyDropout;

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
    void selectByOneDrawOfBothWords(int length) {
        for (int threshold : new int[] {0, 1, 1 << 22, (1 << 23) - 1, 1 << 23}) {
            Selection selection = new Selection(length, length);
            // Draws around the threshold, too.
            for (int i = 0; i < length; i += 2) {
                selection.words[BlockLoops.BLOCK + i] =
                        selection.first(i) ^ (threshold + i % 5 - 2) << 9;
            }
            for (int i = 0; i < length; i++) {
                int draw = selection.first(i) ^ selection.second(i);
                selection.expect(i, draw >>> 9 < threshold);
            }
            selection.check(
                    (words, x, factor, out, from) ->
                            LOOPS.select32(words, length, threshold, x, factor, out, from));
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void selectByOneDrawOfEachWord(int length) {
        for (int threshold : new int[] {0, 1, 1 << 22, (1 << 23) - 1, 1 << 23}) {
            for (int unpaired = 0; unpaired <= Math.min(1, length); unpaired++) {
                int gap = length % 3;
                int paired = length - unpaired;
                Selection selection = new Selection(length, length + gap + paired);
                for (int i = 0; i < length; i += 2) {
                    selection.words[i] = (threshold + i % 5 - 2) << 9;
                    selection.words[BlockLoops.BLOCK + i] = (threshold + i % 3 - 1) << 9;
                }
                for (int i = 0; i < length; i++) {
                    selection.expect(i, selection.first(i) >>> 9 < threshold);
                }
                for (int i = 0; i < paired; i++) {
                    selection.expect(length + gap + i, selection.second(i) >>> 9 < threshold);
                }
                selection.check(
                        (words, x, factor, out, from) ->
                                LOOPS.selectTwo32(
                                        words,
                                        length,
                                        threshold,
                                        x,
                                        factor,
                                        out,
                                        from,
                                        from + length + gap));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void selectByOneDrawOf64Bits(int length) {
        long half = 1L << 51;
        for (long threshold : new long[] {0, 1, half, half + 1, (1L << 52) - 1, 1L << 52}) {
            Selection selection = new Selection(length, length);
            // Draws around the threshold, too, where the lower word decides.
            for (int i = 0; i < length; i += 2) {
                long draw = (threshold + i % 5 - 2) << 12;
                selection.words[i] = (int) (draw >>> 32);
                selection.words[BlockLoops.BLOCK + i] = (int) draw;
            }
            for (int i = 0; i < length; i++) {
                long draw =
                        (long) selection.first(i) << 32
                                | Integer.toUnsignedLong(selection.second(i));
                selection.expect(i, draw >>> 12 < threshold);
            }
            selection.check(
                    (words, x, factor, out, from) ->
                            LOOPS.select64(words, length, threshold, x, factor, out, from));
        }
    }

    /** Random words and elements, and which of the elements are drawn for and hit. */
    private static final class Selection {

        private final int[] words;
        private final float[] x;
        private final float factor;
        private final int from;
        private final Map<Integer, Boolean> hits = new HashMap<>();

        /**
         * Makes one with something before its elements and, as at a vector's end, nothing after.
         */
        private Selection(int length, int elements) {
            Random random = new Random(length);
            words = random.ints(2 * BlockLoops.BLOCK).toArray();
            factor = 1 + random.nextFloat();
            from = random.nextInt(20);
            x = floats(from + elements, random);
        }

        private static float[] floats(int length, Random random) {
            float[] floats = new float[length];
            for (int i = 0; i < length; i++) {
                floats[i] = Float.intBitsToFloat(random.nextInt());
            }
            return floats;
        }

        private int first(int i) {
            return words[i];
        }

        private int second(int i) {
            return words[BlockLoops.BLOCK + i];
        }

        private void expect(int element, boolean hit) {
            hits.put(element, hit);
        }

        /** Selects into another array, and then in place. */
        private void check(Loop loop) {
            float[] out = floats(x.length, new Random(-x.length));
            float[] expected = expected(out);
            int[] expectedInput = GoldenVectors.bits(x);
            float[] expectedInPlace = expected(x);
            int expectedHits = Collections.frequency(hits.values(), true);

            assertThat(loop.select(words.clone(), x, factor, out, from)).isEqualTo(expectedHits);
            assertThat(GoldenVectors.bits(out)).isEqualTo(GoldenVectors.bits(expected));
            assertThat(GoldenVectors.bits(x)).isEqualTo(expectedInput);

            assertThat(loop.select(words, x, factor, x, from)).isEqualTo(expectedHits);
            assertThat(GoldenVectors.bits(x)).isEqualTo(GoldenVectors.bits(expectedInPlace));
        }

        /** An output after the selection; what is not drawn for stays. */
        private float[] expected(float[] out) {
            float[] expected = out.clone();
            hits.forEach((i, hit) -> expected[from + i] = hit ? x[from + i] * factor : 0);
            return expected;
        }
    }

    @FunctionalInterface
    private interface Loop {
        int select(int[] words, float[] x, float factor, float[] out, int from);
    }
}
