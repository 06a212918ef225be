package org.mydropout.job.progress;

import java.util.Map;
import org.mydropout.job.augment.RunCount;

/**
 * What a running job has counted at one moment.
 *
 * @param nanoTime the moment, by {@link System#nanoTime}
 * @param records read from the source
 * @param bytes of them
 * @param deadLetters of them
 * @param checkpoint the number of the last completed checkpoint; 0 before the first
 */
record Reading(long nanoTime, long records, long bytes, long deadLetters, long checkpoint) {

    /** Reads a job's accumulators. */
    static Reading of(long nanoTime, Map<String, Object> accumulators) {
        return new Reading(
                nanoTime,
                RunCount.RECORDS_IN.of(accumulators),
                RunCount.BYTES_IN.of(accumulators),
                RunCount.DEAD_LETTERS.of(accumulators),
                Math.max(0, RunCount.lastCheckpoint(accumulators)));
    }
}
