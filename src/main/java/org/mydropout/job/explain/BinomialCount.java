package org.mydropout.job.explain;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;

/**
 * How many of some independent draws hit, beside what a binomial distribution says of them.
 *
 * @param trials how many draws, from 0
 * @param probability of a hit, from 0 to 1
 * @param hits from 0 to trials
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
     * The probability of a number of hits at least as far from the expected one as this, above or
     * below: 1 for the expected number itself, and small for an unusual one.
     */
    public double tailProbability() {
        DiscreteDistribution distribution = BinomialDistribution.of(trials, probability);
        double distance = Math.abs(hits - expected());
        // A hair wider, so that the mirror image of this number counts where it is a whole number.
        double below = expected() - distance + 1e-9 * trials;
        double above = expected() + distance - 1e-9 * trials;
        return Math.min(
                1,
                distribution.cumulativeProbability((int) Math.floor(below))
                        + distribution.survivalProbability((int) Math.ceil(above) - 1));
    }
}
