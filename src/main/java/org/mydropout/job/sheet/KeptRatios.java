package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.mydropout.job.explain.BinomialCount;

/**
 * A histogram of the kept ratios of masks, with the expected one: the average of the masks'
 * binomial distributions.
 */
record KeptRatios(List<Bin> bins) {

    /** The most bins, so that each is wide enough for a pointer. */
    private static final int MAX_BINS = 25;

    /**
     * The least range that is shown on either side of the expected ratio, in standard deviations.
     */
    private static final double SHOWN_DEVIATIONS = 4;

    /**
     * A bin of the histogram.
     *
     * @param from the kept ratio above which masks belong here
     * @param to the kept ratio up to which masks belong here
     * @param masks the number of masks
     * @param expected the expected number of masks
     */
    record Bin(double from, double to, int masks, double expected) {}

    /**
     * The histogram of some masks.
     *
     * @param counts the count of each mask, all with the same probability; counts without trials
     *     are ignored
     */
    static KeptRatios of(Collection<BinomialCount> counts) {
        Map<Integer, List<Integer>> hitsByTrials = new TreeMap<>();
        double lowest = 1;
        double highest = 0;
        double probability = 0;
        for (BinomialCount count : counts) {
            if (count.trials() > 0) {
                hitsByTrials
                        .computeIfAbsent(count.trials(), trials -> new ArrayList<>())
                        .add(count.hits());
                double shown = SHOWN_DEVIATIONS * count.standardDeviation() / count.trials();
                probability = count.probability();
                lowest = Math.min(lowest, Math.min(count.ratio(), probability - shown));
                highest = Math.max(highest, Math.max(count.ratio(), probability + shown));
            }
        }
        if (hitsByTrials.isEmpty()) {
            return new KeptRatios(List.of());
        }
        // Bins hold whole numbers of elements of the longest mask; their edges are between two
        // numbers.
        int longest = ((TreeMap<Integer, ?>) hitsByTrials).lastKey();
        long first = (long) Math.floor(Math.max(0, lowest) * longest);
        long last = (long) Math.ceil(Math.min(1, highest) * longest);
        long width = (last - first + MAX_BINS) / MAX_BINS;
        List<Bin> bins = new ArrayList<>();
        for (long edge = first; edge <= last; edge += width) {
            bins.add(
                    bin(
                            (edge - 0.5) / longest,
                            (edge + width - 0.5) / longest,
                            hitsByTrials,
                            probability));
        }
        return new KeptRatios(List.copyOf(bins));
    }

    private static Bin bin(
            double from, double to, Map<Integer, List<Integer>> hitsByTrials, double probability) {
        int masks = 0;
        double expected = 0;
        for (Map.Entry<Integer, List<Integer>> entry : hitsByTrials.entrySet()) {
            int trials = entry.getKey();
            int above = (int) Math.floor(from * trials);
            int upTo = (int) Math.floor(to * trials);
            for (int hits : entry.getValue()) {
                masks += hits > above && hits <= upTo ? 1 : 0;
            }
            expected +=
                    entry.getValue().size()
                            * BinomialDistribution.of(trials, probability).probability(above, upTo);
        }
        return new Bin(from, to, masks, expected);
    }
}
