package org.mydropout.job.explain;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;

/**
 * The number of hits among independent draws, compared with the binomial distribution.
 *
 * @param trials the number of draws, from 0
 * @param probability the probability of a hit, from 0 to 1
 * @param hits the number of hits, from 0 to trials
 */
public record BinomialCount(int trials, double probability, int hits) {

    /** The expected number of hits. */
    public double expected() {
        return trials * probability;
    }

    /** The standard deviation of the number of hits. */
    public double standardDeviation() {
        return Math.sqrt(expected() * (1 - probability));
    }

    /** The hits as a share of the trials; NaN without trials. */
    public double ratio() {
        return (double) hits / trials;
    }

    /**
     * The probability of a number of hits at least as far from the expected number, above or below:
     * 1 for the expected number itself, and small for an unusual one.
     */
    public double tailProbability() {
        DiscreteDistribution distribution = BinomialDistribution.of(trials, probability);
        double distance = Math.abs(hits - expected());
        // Slightly wider, so that rounding does not exclude the mirror image of this number.
        double below = expected() - distance + 1e-9 * trials;
        double above = expected() + distance - 1e-9 * trials;
        return Math.min(
                1,
                distribution.cumulativeProbability((int) Math.floor(below))
                        + distribution.survivalProbability((int) Math.ceil(above) - 1));
    }
}
