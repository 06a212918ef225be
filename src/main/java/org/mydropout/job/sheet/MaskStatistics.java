package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.mydropout.job.explain.BinomialCount;

/**
 * Statistics of masks, compared with independent Bernoulli draws of one probability.
 *
 * @param masks the number of masks
 * @param total the count of all elements of all masks
 * @param counts the count of each mask
 * @param positions the count of each index, over the masks that have it
 * @param equal the records with equal masks, a list for each such mask
 */
record MaskStatistics(
        int masks,
        BinomialCount total,
        List<BinomialCount> counts,
        List<BinomialCount> positions,
        List<List<String>> equal) {

    /** The spread of fewer counts is not judged. */
    private static final int MIN_COUNTS = 20;

    /**
     * Counts.
     *
     * @param masks masks of any sizes
     * @param probability the keep probability, the same for all masks
     */
    static MaskStatistics of(List<ObservedMask> masks, double probability) {
        int size = masks.stream().mapToInt(ObservedMask::size).max().orElse(0);
        int[] trials = new int[size];
        int[] hits = new int[size];
        List<BinomialCount> counts = new ArrayList<>();
        Map<Object, List<String>> records = new LinkedHashMap<>();
        for (ObservedMask mask : masks) {
            mask.known().stream().forEach(index -> trials[index]++);
            mask.kept().stream().forEach(index -> hits[index]++);
            counts.add(new BinomialCount(mask.trials(), probability, mask.hits()));
            records.computeIfAbsent(mask.pattern(), pattern -> new ArrayList<>())
                    .add(mask.record());
        }
        List<BinomialCount> positions = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            positions.add(new BinomialCount(trials[index], probability, hits[index]));
        }
        return new MaskStatistics(
                masks.size(),
                new BinomialCount(
                        counts.stream().mapToInt(BinomialCount::trials).sum(),
                        probability,
                        counts.stream().mapToInt(BinomialCount::hits).sum()),
                List.copyOf(counts),
                List.copyOf(positions),
                records.values().stream().filter(same -> same.size() > 1).toList());
    }

    /** The number of pairs of equal masks. */
    long equalPairs() {
        return equal.stream().mapToLong(same -> (long) same.size() * (same.size() - 1) / 2).sum();
    }

    /** The number of pairs of masks that are expected to be equal by chance. */
    double expectedEqualPairs() {
        return pairsMoments()[0];
    }

    /** The probability of at least this many equal pairs by chance. */
    double equalPairsTail() {
        long pairs = equalPairs();
        double[] moments = pairsMoments();
        if (pairs == 0) {
            return 1;
        }
        return moments[1] <= 0
                ? moments[0] >= pairs ? 1 : 0
                : gamma(moments[0], moments[1]).survivalProbability(pairs - 0.5);
    }

    /**
     * The mean and variance of the number of equal pairs. Two masks of n elements are equal with
     * probability (p^2 + q^2)^n, three with (p^3 + q^3)^n. Only pairs that share a mask depend on
     * each other.
     */
    private double[] pairsMoments() {
        double p = total.probability();
        double mean = 0;
        double variance = 0;
        Map<Integer, Integer> masksByTrials = new LinkedHashMap<>();
        counts.forEach(count -> masksByTrials.merge(count.trials(), 1, Integer::sum));
        for (Map.Entry<Integer, Integer> entry : masksByTrials.entrySet()) {
            double number = entry.getValue();
            double pairs = number * (number - 1) / 2;
            double two = Math.pow(p * p + (1 - p) * (1 - p), entry.getKey());
            double three = Math.pow(p * p * p + (1 - p) * (1 - p) * (1 - p), entry.getKey());
            mean += pairs * two;
            variance += pairs * (two - two * two) + 2 * pairs * (number - 2) * (three - two * two);
        }
        return new double[] {mean, variance};
    }

    /** The tail probability of the spread of the masks' ratios. */
    double spreadTail() {
        return spreadTail(counts);
    }

    /**
     * The tail probability of the spread of the positions' keep rates, or of the most unusual
     * position, whichever is smaller.
     */
    double positionsTail() {
        double most =
                positions.stream()
                        .filter(count -> count.trials() > 0)
                        .mapToDouble(BinomialCount::tailProbability)
                        .min()
                        .orElse(1);
        return Math.min(spreadTail(positions), Math.min(1, most * positions.size()));
    }

    /**
     * The two-sided tail probability of the sum of squared standardized counts. It is that of a
     * gamma distribution with the mean and variance of the sum, which is the chi-squared
     * distribution for large counts. It is 1 for few counts, whose sum has too few values for this
     * approximation.
     */
    private static double spreadTail(List<BinomialCount> counts) {
        double sum = 0;
        double mean = 0;
        double variance = 0;
        for (BinomialCount count : counts) {
            double countVariance = count.standardDeviation() * count.standardDeviation();
            if (countVariance > 0) {
                double deviation = count.hits() - count.expected();
                double pq = count.probability() * (1 - count.probability());
                sum += deviation * deviation / countVariance;
                mean += 1;
                // The fourth central moment of a binomial distribution is npq (1 + 3 (n - 2) pq).
                variance += 2 + (1 - 6 * pq) / countVariance;
            }
        }
        // Single draws of probability 1/2 cannot deviate.
        if (mean < MIN_COUNTS || variance <= 0) {
            return 1;
        }
        GammaDistribution distribution = gamma(mean, variance);
        return Math.min(
                1,
                2
                        * Math.min(
                                distribution.cumulativeProbability(sum),
                                distribution.survivalProbability(sum)));
    }

    private static GammaDistribution gamma(double mean, double variance) {
        return GammaDistribution.of(mean * mean / variance, variance / mean);
    }
}
