package org.mydropout.job.pipeline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What a subtask of a verification has found, in the job's accumulators. */
public final class Findings {

    private static final String DIFFERENCES = "DIFFERENCES";

    /** How many differences each subtask keeps; all are counted. */
    private static final int KEPT = 10;

    private final Map<VerifyCount, LongCounter> counters = new EnumMap<>(VerifyCount.class);
    private final ListAccumulator<Difference> differences = new ListAccumulator<>();
    private int kept;

    Findings(RuntimeContext runtime) {
        for (VerifyCount count : VerifyCount.values()) {
            counters.put(count, runtime.getLongCounter(count.name()));
        }
        runtime.addAccumulator(DIFFERENCES, differences);
    }

    void addEqual() {
        counters.get(VerifyCount.EQUAL).add(1);
    }

    void add(Difference difference) {
        counters.get(difference.kind()).add(1);
        if (kept < KEPT) {
            differences.add(difference);
            kept++;
        }
    }

    /** The differences kept, by id and step, among a job's accumulators. */
    @SuppressWarnings("unchecked")
    public static List<Difference> differences(Map<String, Object> accumulators) {
        return ((List<Difference>) accumulators.get(DIFFERENCES)).stream().sorted().toList();
    }
}
