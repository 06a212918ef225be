package org.mydropout.testkit;

import java.io.Serializable;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * The failure of a run: the source emits half of the inputs, waits for a checkpoint, emits the
 * others, and throws instead of emitting the last one. The inputs after the checkpoint are then
 * emitted again. Mini clusters run in this JVM, so a static set can remember across the restart
 * that the failure has happened.
 */
final class InducedFailure implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Set<String> DUE = ConcurrentHashMap.newKeySet();

    private final String id = UUID.randomUUID().toString();
    private final int inputs;

    /**
     * @param inputs the number of inputs of the source
     * @param due whether the run fails
     */
    InducedFailure(int inputs, boolean due) {
        this.inputs = inputs;
        if (due) {
            DUE.add(id);
        }
    }

    boolean isDue() {
        return DUE.contains(id);
    }

    /** Must be called before the source emits an input. */
    void before(long index) {
        if (index == inputs - 1 && DUE.remove(id)) {
            throw new IllegalStateException("This failure is part of a replay check.");
        }
    }

    /** For a source of parallelism 1. */
    <S extends SourceSplit> RateLimiterStrategy<S> pause() {
        return readers -> new Pause<>(isDue() ? (inputs - 1) / 2 : Long.MAX_VALUE);
    }

    private static final class Pause<S extends SourceSplit> implements RateLimiter<S> {

        private final CompletableFuture<Void> checkpoint = new CompletableFuture<>();
        private long left;
        private int completed;

        private Pause(long left) {
            this.left = left;
        }

        @Override
        public CompletionStage<Void> acquire(int events) {
            left -= events;
            return left >= 0 ? CompletableFuture.completedFuture(null) : checkpoint;
        }

        /** Called by Flink 2.1 and earlier, where it is the only method of {@code RateLimiter}. */
        @Override
        public CompletionStage<Void> acquire() {
            return acquire(1);
        }

        /**
         * Waits for the second checkpoint: the first may have begun before the pause, but the
         * second began after the first was complete.
         */
        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (left < 0 && ++completed == 2) {
                checkpoint.complete(null);
            }
        }
    }
}
