package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.random.PrngKey;

/**
 * Tests for the masks of {@link MyDropout} as random numbers: keep ratio, and independence between
 * neighbours in the key tree and in the vector.
 *
 * <p>Each is a chi-square test of about a million mask elements with fixed keys, so its p-value is
 * the same in every run. The bound is 1e-6: independent masks fail it for one choice of keys in a
 * million, and there are about twenty tests. The bound is strict, because a correlation of one
 * percent between neighbours gives 1e-23.
 */
class MaskStatisticsTest {

    private static final double LOWEST_P_VALUE = 1e-6;
    private static final int VECTORS = 4096;
    private static final int SIZE = 256;
    private static final PrngKey SEED = PrngKey.of(2026);
    private static final long MAKE_RNG = ModulePath.ROOT.foldData(1);

    /** The number that differs by one between a vector and its neighbour. */
    enum Numbered {
        IDS {
            @Override
            PrngKey key(long number) {
                return SEED.foldIn(number).foldIn(7).foldIn(MAKE_RNG);
            }
        },
        STEPS {
            @Override
            PrngKey key(long number) {
                return SEED.foldIn(7).foldIn(number).foldIn(MAKE_RNG);
            }
        };

        abstract PrngKey key(long number);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.3, 0.5, 0.9, 0.999})
    void elementsAreKeptWithTheGivenProbability(double rate) {
        long[] observed = new long[2];
        for (boolean[] mask : masks(rate, Numbered.IDS::key)) {
            for (boolean kept : mask) {
                observed[index(kept)]++;
            }
        }
        // Uniform draws are multiples of 2^-23. As many of them are below a float32 number as below
        // the next multiple.
        double keep = Math.ceil((float) (1 - rate) * 0x1p23) * 0x1p-23;
        double[] expected = {VECTORS * SIZE * (1 - keep), VECTORS * SIZE * keep};
        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue())
                .isGreaterThan(LOWEST_P_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void vectorsWithNeighbouringIdsOrStepsAreIndependent(Numbered numbered) {
        for (double rate : new double[] {0.1, 0.5, 0.9}) {
            assertThat(pValueOfIndependentNeighbours(masks(rate, numbered::key)))
                    .as("rate %s", rate)
                    .isGreaterThan(LOWEST_P_VALUE);
        }
    }

    @Test
    void theTestSeesVectorsThatAreNotIndependent() {
        assertThat(pValueOfIndependentNeighbours(masks(0.5, id -> Numbered.IDS.key(id / 2))))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void idAndStepAreNotInterchangeable(Numbered numbered) {
        boolean[][] masks = masks(0.5, numbered::key);
        boolean[][] swapped =
                masks(0.5, (numbered == Numbered.IDS ? Numbered.STEPS : Numbered.IDS)::key);
        long[][] table = new long[2][2];
        for (int vector = 0; vector < VECTORS; vector++) {
            // The only vector with equal id and step has the same mask both ways.
            if (vector != 7) {
                count(masks[vector], swapped[vector], table);
            }
        }
        assertThat(ChiSquareTest.withDefaults().test(table).getPValue())
                .isGreaterThan(LOWEST_P_VALUE);
    }

    /** All 256 patterns of eight neighbours are as frequent as with independent elements. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5})
    void neighbouringPositionsAreIndependent(double rate) {
        long[] observed = new long[256];
        for (boolean[] mask : masks(rate, Numbered.IDS::key)) {
            for (int from = 0; from < SIZE; from += 8) {
                int pattern = 0;
                for (int i = from; i < from + 8; i++) {
                    pattern = 2 * pattern + index(mask[i]);
                }
                observed[pattern]++;
            }
        }
        double[] expected = new double[256];
        for (int pattern = 0; pattern < 256; pattern++) {
            int kept = Integer.bitCount(pattern);
            expected[pattern] =
                    VECTORS * SIZE / 8.0 * Math.pow(1 - rate, kept) * Math.pow(rate, 8 - kept);
        }
        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue())
                .isGreaterThan(LOWEST_P_VALUE);
    }

    private static double pValueOfIndependentNeighbours(boolean[][] masks) {
        long[][] table = new long[2][2];
        for (int vector = 1; vector < VECTORS; vector++) {
            count(masks[vector - 1], masks[vector], table);
        }
        return ChiSquareTest.withDefaults().test(table).getPValue();
    }

    private static void count(boolean[] first, boolean[] second, long[][] table) {
        for (int i = 0; i < SIZE; i++) {
            table[index(first[i])][index(second[i])]++;
        }
    }

    private static int index(boolean kept) {
        return kept ? 1 : 0;
    }

    private static boolean[][] masks(double rate, LongFunction<PrngKey> keys) {
        MyDropout layer = new MyDropout(rate);
        float[] ones = new float[SIZE];
        Arrays.fill(ones, 1);
        float[] out = new float[SIZE];
        boolean[][] masks = new boolean[VECTORS][SIZE];
        for (int vector = 0; vector < VECTORS; vector++) {
            layer.apply(keys.apply(vector), ones, out);
            for (int i = 0; i < SIZE; i++) {
                masks[vector][i] = out[i] != 0;
            }
        }
        return masks;
    }
}
