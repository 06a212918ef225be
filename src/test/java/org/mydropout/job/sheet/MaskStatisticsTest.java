package org.mydropout.job.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxRandom;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link MaskStatistics}, {@link Verdict} and {@link KeptRatios}. */
class MaskStatisticsTest {

    @ParameterizedTest
    @CsvSource({
        "50, 784, 0.9", "1, 784, 0.9", "1000, 1, 0.9", "1000, 3, 0.5", "1000, 1, 0.5",
        "2, 2, 0.99", "18, 1, 0.5", "5000, 64, 0.9", "30, 10000, 0.1", "300, 100, 1",
        "300, 100, 0"
    })
    void findsNothingInIndependentMasks(int number, int size, double keep) {
        Verdict verdict = Verdict.of(MaskStatistics.of(masks(number, size, keep), keep));
        assertThat(verdict.isExpected()).as(verdict.sentence()).isTrue();
    }

    @Test
    void saysSoInASentence() {
        assertThat(Verdict.of(MaskStatistics.of(masks(50, 784, 0.9), 0.9)).sentence())
                .matches(
                        "50 masks of 784 elements: kept ratio 0\\.\\d{4} as expected \\(0\\.9000\\),"
                                + " every position kept as often as expected, no two masks equal\\.");
    }

    @Test
    void findsAWrongRate() {
        Verdict verdict = Verdict.of(MaskStatistics.of(masks(10, 784, 0.88), 0.9));
        assertThat(verdict.isExpected()).isFalse();
        assertThat(verdict.sentence())
                .matches(
                        "10 masks of 784 elements: not as expected: the kept ratio is 0\\.8[78]\\d\\d"
                                + " instead of 0\\.9000\\.");
    }

    @Test
    void findsMasksThatAreTheSame() {
        List<ObservedMask> masks = masks(20, 784, 0.9);
        masks.add(ObservedMask.whole("again", 784, masks.get(3).kept()));
        MaskStatistics statistics = MaskStatistics.of(masks, 0.9);
        assertThat(statistics.equal()).containsExactly(List.of("record 3", "again"));
        assertThat(Verdict.of(statistics).sentence())
                .isEqualTo(
                        "21 masks of 784 elements: not as expected: 1 pair of equal masks (0 by"
                                + " chance): record 3 = again.");
    }

    @Test
    void findsAConstantStepAmongShortMasks() {
        List<ObservedMask> masks = masks(1000, 64, 0.9);
        for (ObservedMask mask : List.copyOf(masks)) {
            masks.add(ObservedMask.whole("again", 64, mask.kept()));
        }
        assertThat(Verdict.of(MaskStatistics.of(masks, 0.9)).isExpected()).isFalse();
    }

    @Test
    void findsAPositionThatIsAlwaysKept() {
        List<ObservedMask> masks = masks(100, 784, 0.9);
        masks.forEach(mask -> mask.kept().set(17));
        masks.forEach(mask -> mask.kept().clear(18));
        Verdict verdict = Verdict.of(MaskStatistics.of(masks, 0.9));
        assertThat(verdict.sentence())
                .contains("not as expected: some positions are kept more often than others");
    }

    @Test
    void findsRatiosThatAreTooMuchAlike() {
        List<ObservedMask> masks = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            BitSet kept = new BitSet();
            for (int i = 0; i < 1000; i++) {
                kept.set(i, (i + number) % 10 != 0);
            }
            masks.add(ObservedMask.whole("record " + number, 1000, kept));
        }
        assertThat(Verdict.of(MaskStatistics.of(masks, 0.9)).sentence())
                .contains("the kept ratios are spread otherwise than expected");
    }

    @Test
    void countsKnownElementsAlone() {
        BitSet known = new BitSet();
        known.set(1, 4);
        BitSet kept = new BitSet();
        kept.set(2);
        MaskStatistics statistics =
                MaskStatistics.of(List.of(new ObservedMask("a", 5, known, kept)), 0.5);
        assertThat(statistics.total().trials()).isEqualTo(3);
        assertThat(statistics.total().hits()).isEqualTo(1);
        assertThat(statistics.positions().get(0).trials()).isZero();
        assertThat(statistics.positions().get(2).hits()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"50, 784, 0.9", "1, 1, 0.5", "1000, 3, 0.5", "10, 10000, 0.9", "20, 100, 1"})
    void putsEveryMaskIntoOneBin(int number, int size, double keep) {
        MaskStatistics statistics = MaskStatistics.of(masks(number, size, keep), keep);
        List<KeptRatios.Bin> bins = KeptRatios.of(statistics.counts()).bins();
        assertThat(bins).hasSizeBetween(1, 25);
        assertThat(bins.stream().mapToInt(KeptRatios.Bin::masks).sum()).isEqualTo(number);
        assertThat(bins.stream().mapToDouble(KeptRatios.Bin::expected).sum())
                .isCloseTo(number, within(0.001 * number));
    }

    /** Masks drawn as by {@code jax.random.bernoulli}, each with its own key. */
    static List<ObservedMask> masks(int number, int size, double keep) {
        List<ObservedMask> masks = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            boolean[] hits =
                    JaxRandom.bernoulli(PrngKey.of(1).foldIn(i), keep, size, JaxConfig.DEFAULT);
            BitSet kept = new BitSet();
            IntStream.range(0, size).filter(index -> hits[index]).forEach(kept::set);
            masks.add(ObservedMask.whole("record " + i, size, kept));
        }
        return masks;
    }
}
