package org.mydropout.testkit;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Passes its inputs, but throws at the first one after a checkpoint, once in a run. Mini clusters
 * run in this JVM, so a static set can remember over the restart.
 */
final class FailOnce<T> extends RichMapFunction<T, T> implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    private static final Set<String> TO_FAIL = ConcurrentHashMap.newKeySet();

    private final String run = UUID.randomUUID().toString();
    private transient boolean checkpointed;

    FailOnce(boolean failing) {
        if (failing) {
            TO_FAIL.add(run);
        }
    }

    @Override
    public T map(T input) {
        if (checkpointed && TO_FAIL.remove(run)) {
            throw new IllegalStateException("This failure is part of a replay check.");
        }
        return input;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = true;
    }

    /** Refuses to pass a run that was to fail and did not. */
    void requireDone(ReplayRun way) {
        if (TO_FAIL.remove(run)) {
            throw new IllegalStateException("The run must have failed once, but has not: " + way);
        }
    }
}
