package org.mydropout.job.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * An accumulator that keeps the first differences in their order, as many as are shown. They are
 * the same at any parallelism.
 */
final class FirstDifferences implements Accumulator<Difference, Difference[]> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Difference> first = new ArrayList<>();

    @Override
    public void add(Difference difference) {
        addAll(List.of(difference));
    }

    @Override
    public Difference[] getLocalValue() {
        return first.toArray(Difference[]::new);
    }

    @Override
    public void resetLocal() {
        first.clear();
    }

    @Override
    public void merge(Accumulator<Difference, Difference[]> other) {
        addAll(List.of(other.getLocalValue()));
    }

    private void addAll(List<Difference> differences) {
        first.addAll(differences);
        first.sort(null);
        if (first.size() > VerificationResult.SHOWN) {
            first.subList(VerificationResult.SHOWN, first.size()).clear();
        }
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public FirstDifferences clone() {
        FirstDifferences copy = new FirstDifferences();
        copy.first.addAll(first);
        return copy;
    }
}
