package org.mydropout.job.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link BinomialCount}. */
class BinomialCountTest {

    /**
     * From SciPy, with {@code d = abs(k - n * p)}: {@code binom.cdf(floor(n * p - d), n, p) +
     * binom.sf(ceil(n * p + d) - 1, n, p)}, in exact numbers.
     */
    @ParameterizedTest
    @CsvSource({
        "10, 0.5, 5, 1",
        "10, 0.5, 4, 0.75390625",
        "10, 0.5, 6, 0.75390625",
        "10, 0.5, 0, 0.001953125",
        "4, 0.75, 4, 0.578125",
        "4, 0.75, 1, 0.05078125",
        "1, 0.5, 1, 1",
        "0, 0.9, 0, 1",
        "7, 1, 7, 1",
        "7, 1, 6, 0",
        "7, 0, 0, 1"
    })
    void tellsHowUnusualItIs(int trials, double probability, int hits, double tail) {
        assertThat(new BinomialCount(trials, probability, hits).tailProbability())
                .isCloseTo(tail, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"784, 0.9, 705.6, 8.4", "0, 0.9, 0, 0", "100, 1, 100, 0"})
    void hasTheMomentsOfTheDistribution(
            int trials, double probability, double expected, double deviation) {
        BinomialCount count = new BinomialCount(trials, probability, 0);
        assertThat(count.expected()).isCloseTo(expected, within(1e-9));
        assertThat(count.standardDeviation()).isCloseTo(deviation, within(1e-9));
    }
}
