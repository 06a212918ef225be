package org.mydropout.job.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What a subtask of a verification has found, in the job's accumulators. */
public final class VerificationResult {

    /** How many differences are shown; all are counted. */
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

    /** Shows a difference if it is among the first of all. */
    void show(Difference difference) {
        differences.add(difference);
    }

    /** The first differences of all, in their order, among a job's accumulators. */
    public static List<Difference> differences(Map<String, Object> accumulators) {
        return List.of((Difference[]) accumulators.get(DIFFERENCES));
    }
}
