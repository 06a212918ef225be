package org.mydropout.job.augment;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The counts of a subtask, as accumulators of the job.
 *
 * <p>Accumulators start at 0 again when a task is restarted. Operator state could not replace them,
 * because Flink drops the state of finished subtasks. So {@link RunCount#FIRST_ATTEMPTS} shows that
 * a job was restarted, and its counts are not reported as those of the whole run.
 */
final class RunCounts {

    private final Map<RunCount, LongCounter> counters = new EnumMap<>(RunCount.class);

    RunCounts(RuntimeContext runtime) {
        for (RunCount count : RunCount.values()) {
            counters.put(count, runtime.getLongCounter(count.name()));
        }
        if (runtime.getTaskInfo().getAttemptNumber() == 0) {
            add(RunCount.FIRST_ATTEMPTS, 1);
        }
    }

    void add(RunCount count, long number) {
        counters.get(count).add(number);
    }
}
