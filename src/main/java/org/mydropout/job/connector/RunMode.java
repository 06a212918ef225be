package org.mydropout.job.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * How Flink runs a job.
 *
 * @param streaming whether it runs as a stream rather than as a batch
 * @param checkpointInterval the time from one checkpoint to the next; empty if there are no
 *     checkpoints
 */
public record RunMode(boolean streaming, Optional<Duration> checkpointInterval) {}
