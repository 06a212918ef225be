package org.mydropout.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Lets a number of records pass and then none, so that the source still runs when the test stops
 * it.
 */
final class HoldLast<S extends SourceSplit> implements RateLimiter<S> {

    private long left;

    HoldLast(long records) {
        this.left = records;
    }

    @Override
    public CompletionStage<Void> acquire(int records) {
        left -= records;
        return left >= 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }
}
