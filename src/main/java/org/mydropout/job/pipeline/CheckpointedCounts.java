package org.mydropout.job.pipeline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * A subtask's counts, kept in operator state. Accumulators alone start again at 0 when a task
 * recovers, and a summary made of them would not add up.
 */
final class CheckpointedCounts {

    private final Map<RunCount, LongCounter> counters = new EnumMap<>(RunCount.class);
    private final Map<RunCount, ListState<Long>> states = new EnumMap<>(RunCount.class);

    /**
     * Restores the counts and makes them accumulators of the job. After a change of parallelism
     * each stored count goes to some subtask, so that sums stay what they were.
     */
    CheckpointedCounts(OperatorStateStore store, RuntimeContext runtime, RunCount... counts)
            throws Exception {
        for (RunCount count : counts) {
            ListState<Long> state =
                    store.getListState(new ListStateDescriptor<>(count.name(), Types.LONG));
            LongCounter counter = new LongCounter();
            for (long stored : state.get()) {
                counter.add(stored);
            }
            runtime.addAccumulator(count.name(), counter);
            states.put(count, state);
            counters.put(count, counter);
        }
    }

    void add(RunCount count, long number) {
        counters.get(count).add(number);
    }

    void snapshot() throws Exception {
        for (Map.Entry<RunCount, ListState<Long>> state : states.entrySet()) {
            state.getValue().update(List.of(counters.get(state.getKey()).getLocalValuePrimitive()));
        }
    }
}
