package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.mydropout.job.explain.BinomialCount;

/**
 * What masks look like together, beside what independent Bernoulli draws of one probability give.
 *
 * @param masks how many
 * @param total all elements of all masks
 * @param counts each mask by itself
 * @param positions for each index the masks that reach it
 * @param equal the records of the masks that are the same, a list for each such mask
 */
record MaskStatistics(
        int masks,
        BinomialCount total,
        List<BinomialCount> counts,
        List<BinomialCount> positions,
        List<List<String>> equal) {

    /** Of fewer counts, how far they lie from each other is not judged. */
    private static final int MIN_COUNTS = 20;

    /**
     * Counts.
     *
     * @param masks of any sizes
     * @param probability of an element to be kept, the same for all of them
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

    /** How many of two masks are the same, in pairs. */
    long equalPairs() {
        return equal.stream().mapToLong(same -> (long) same.size() * (same.size() - 1) / 2).sum();
    }

    /** How many pairs of masks are expected to be the same by chance. */
    double expectedEqualPairs() {
        return pairsMoments()[0];
    }

    /** The probability of at least so many equal pairs by chance. */
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
     * Mean and variance of the number of equal pairs. Two masks of n elements are equal with the
     * probability (p^2 + q^2)^n, three with (p^3 + q^3)^n; only pairs that share a mask depend on
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

    /** The tail probability of how far the masks' ratios lie from each other. */
    double spreadTail() {
        return spreadTail(counts);
    }

    /**
     * The tail probability of how far the positions' keep rates lie from each other, or of the most
     * unusual position, whichever is the smaller.
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
     * The tail probability, on both sides, of the sum of squared standardized counts. It is taken
     * for a gamma distribution of the sum's mean and variance, which is the chi-squared one where
     * the counts are large; of a few counts, whose sum has too few values for that, it is 1.
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
        // Nothing can deviate of single draws of probability 1/2.
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
