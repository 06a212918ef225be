package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mydropout.job.explain.BinomialCount;

/**
 * The verdict whether masks look like independent Bernoulli draws, as a sentence.
 *
 * @param masks the masks in words, such as {@code 50 masks of 784 elements}
 * @param findings the findings, one per question
 */
public record Verdict(String masks, List<Finding> findings) {

    /**
     * A result that is less probable by chance is unexpected. A sheet has four questions, so about
     * one correct sheet in 2,500 gets a bad verdict.
     */
    static final double UNUSUAL = 1e-4;

    private static final int SHOWN_RECORDS = 3;

    /**
     * The answer to a question.
     *
     * @param isExpected whether the result is as expected
     * @param text the answer, as a part of a sentence
     */
    public record Finding(boolean isExpected, String text) {}

    /** Judges the masks of one layer. */
    static Verdict of(MaskStatistics statistics) {
        List<Finding> findings = new ArrayList<>();
        Finding ratio = ratio(statistics.total());
        findings.add(ratio);
        if (ratio.isExpected()) { // a wrong ratio would also fail the other questions
            if (statistics.spreadTail() < UNUSUAL) {
                findings.add(
                        new Finding(false, "the kept ratios are spread otherwise than expected"));
            }
            findings.add(
                    statistics.positionsTail() < UNUSUAL
                            ? new Finding(false, "some positions are kept more often than others")
                            : new Finding(true, "every position kept as often as expected"));
        }
        findings.add(equalMasks(statistics));
        return new Verdict(
                "%s of %s"
                        .formatted(
                                counted(statistics.masks(), "mask"),
                                counted(statistics.positions().size(), "element")),
                List.copyOf(findings));
    }

    /** Whether all results are as expected. */
    boolean isExpected() {
        return findings.stream().allMatch(Finding::isExpected);
    }

    /** The sentence. If results are unexpected, it names only these. */
    String sentence() {
        return findings.stream()
                .filter(finding -> isExpected() || !finding.isExpected())
                .map(Finding::text)
                .collect(
                        Collectors.joining(
                                ", ",
                                masks + ": " + (isExpected() ? "" : "not as expected: "),
                                "."));
    }

    private static Finding ratio(BinomialCount total) {
        if (total.trials() == 0) {
            return new Finding(true, "no element is known to be kept or dropped");
        }
        return total.tailProbability() < UNUSUAL
                ? new Finding(
                        false,
                        "the kept ratio is %s instead of %s"
                                .formatted(ratio(total.ratio()), ratio(total.probability())))
                : new Finding(
                        true,
                        "kept ratio %s as expected (%s)"
                                .formatted(ratio(total.ratio()), ratio(total.probability())));
    }

    private static Finding equalMasks(MaskStatistics statistics) {
        long pairs = statistics.equalPairs();
        if (pairs == 0) {
            return new Finding(true, "no two masks equal");
        }
        String text =
                "%s of equal masks (%s by chance)"
                        .formatted(
                                counted(pairs, "pair"),
                                shortNumber(statistics.expectedEqualPairs()));
        return statistics.equalPairsTail() < UNUSUAL
                ? new Finding(false, text + ": " + records(statistics.equal().get(0)))
                : new Finding(true, text);
    }

    private static String shortNumber(double number) {
        return number < 0.01
                ? "0"
                : String.format(Locale.ROOT, number < 10 ? "%.2f" : "%,.0f", number);
    }

    private static String records(List<String> same) {
        String shown = String.join(" = ", same.subList(0, Math.min(SHOWN_RECORDS, same.size())));
        return same.size() > SHOWN_RECORDS
                ? shown + " and " + (same.size() - SHOWN_RECORDS) + " more"
                : shown;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }

    private static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
