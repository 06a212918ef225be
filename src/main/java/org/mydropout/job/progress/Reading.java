package org.mydropout.job.progress;

import java.util.Map;
import org.mydropout.job.augment.RunCount;

/**
 * The counts of a running job at one moment.
 *
 * @param nanoTime the moment, by {@link System#nanoTime}
 * @param records the records that were read from the source
 * @param bytes the bytes of these records
 * @param deadLetters the dead letters among them
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
