package org.mydropout.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/** Lets half of the inputs pass, and the rest when a checkpoint has completed after them. */
final class PauseForCheckpoint<S extends SourceSplit> implements RateLimiter<S> {

    private final CompletableFuture<Void> checkpoint = new CompletableFuture<>();
    private int leftBefore;

    /** For each attempt of a source, of parallelism 1, a pause of its own, or none. */
    static <S extends SourceSplit> RateLimiterStrategy<S> strategy(int inputs, boolean pausing) {
        return readers -> new PauseForCheckpoint<>(inputs, pausing);
    }

    private PauseForCheckpoint(int inputs, boolean pausing) {
        this.leftBefore = pausing ? inputs / 2 : Integer.MAX_VALUE;
    }

    @Override
    public CompletionStage<Void> acquire(int events) {
        leftBefore -= events;
        return leftBefore >= 0 ? CompletableFuture.completedFuture(null) : checkpoint;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (leftBefore < 0) {
            checkpoint.complete(null);
        }
    }
}
