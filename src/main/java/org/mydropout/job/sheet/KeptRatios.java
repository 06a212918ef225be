package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.mydropout.job.explain.BinomialCount;

/**
 * The distribution of the kept ratios of masks, as a histogram, beside the expected one: the
 * average of the masks' binomial distributions.
 */
record KeptRatios(List<Bin> bins) {

    /** At most so many bins, for each to be wide enough for a pointer. */
    private static final int MAX_BINS = 25;

    /** On either side of the expected ratio, how much is shown at least, in standard deviations. */
    private static final double SHOWN_DEVIATIONS = 4;

    /**
     * A bin of the histogram.
     *
     * @param from the kept ratio above which masks belong here
     * @param to the kept ratio up to which masks belong here
     * @param masks how many there are
     * @param expected how many are expected
     */
    record Bin(double from, double to, int masks, double expected) {}

    /**
     * The histogram of some masks.
     *
     * @param counts of each mask, all of one probability; those without trials are left out
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
        // Whole numbers of elements of the longest mask, and edges between them.
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
