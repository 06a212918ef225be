package org.mydropout.job.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * How Flink is to run a job.
 *
 * @param streaming whether as a stream, or as a batch
 * @param checkpointInterval the time from one checkpoint to the next; empty where there are none
 */
public record RunMode(boolean streaming, Optional<Duration> checkpointInterval) {}
