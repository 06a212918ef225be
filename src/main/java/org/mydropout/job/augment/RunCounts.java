package org.mydropout.job.augment;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * A subtask's counts, as accumulators of the job.
 *
 * <p>Accumulators start again at 0 when a task is restarted. No state of an operator could make up
 * for it: Flink drops the state of subtasks that have finished. So a restarted job is told by
 * {@link RunCount#FIRST_ATTEMPTS}, and its counts are not given for those of the whole run.
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
