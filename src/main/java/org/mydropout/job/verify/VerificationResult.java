package org.mydropout.job.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** The counts and first differences of a verification's subtask, as accumulators of the job. */
public final class VerificationResult {

    /** The most differences that are shown. All are counted. */
    public static final int SHOWN = 10;

    private static final String DIFFERENCES = "DIFFERENCES";

    private final Map<VerifyCount, LongCounter> counters = new EnumMap<>(VerifyCount.class);
    private final FirstDifferences differences = new FirstDifferences();

    VerificationResult(RuntimeContext runtime) {
        for (VerifyCount count : VerifyCount.values()) {
            counters.put(count, runtime.getLongCounter(count.name()));
        }
        runtime.addAccumulator(DIFFERENCES, differences);
    }

    void count(VerifyCount kind, long number) {
        counters.get(kind).add(number);
    }

    /** Adds a difference, which is shown if it is among the first. */
    void show(Difference difference) {
        differences.add(difference);
    }

    /** The first differences in their order, from a job's accumulators. */
    public static List<Difference> differences(Map<String, Object> accumulators) {
        return List.of((Difference[]) accumulators.get(DIFFERENCES));
    }
}
