package org.mydropout.flink;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The Flink metrics of one subtask of {@link DropoutMapFunction} since it was opened. Their scope
 * is that of the operator, followed by {@link #GROUP}.
 *
 * <p>Like all Flink metrics these start again at 0 with each attempt and are not part of a
 * checkpoint: after a recovery, records that are read again are counted again from there. Once
 * records have flowed, {@code elementsKept + elementsDropped} is the sum of their vector lengths.
 * Where several layers drop, each counts the elements that it is given.
 */
@PublicEvolving
public final class DropoutMetrics {

    /** Name of the metric group, below that of the operator. */
    public static final String GROUP = "dropout";

    /** Counter: output records. */
    public static final String RECORDS = "records";

    /** Counter: elements kept; all elements of a vector when dropout is not applied. */
    public static final String ELEMENTS_KEPT = "elementsKept";

    /** Counter: elements dropped, that is, set to zero by the mask. */
    public static final String ELEMENTS_DROPPED = "elementsDropped";

    /**
     * Counter: records whose step was not greater than every earlier step of their id. Stays 0 with
     * {@link KeyReuse#ALLOW}.
     */
    public static final String KEYS_REUSED = "keysReused";

    /** Gauge: the elements dropped as a share of all, from 0 to 1; NaN before the first element. */
    public static final String DROPPED_RATIO = "droppedRatio";

    /**
     * Gauge: the expected value of {@link #DROPPED_RATIO}, from the rate and the number of elements
     * that passed unchanged.
     */
    public static final String EXPECTED_DROPPED_RATIO = "expectedDroppedRatio";

    /** Gauge: the length of the shortest vector, in elements; 0 before the first record. */
    public static final String VECTOR_LENGTH_MIN = "vectorLengthMin";

    /** Gauge: the length of the longest vector, in elements; 0 before the first record. */
    public static final String VECTOR_LENGTH_MAX = "vectorLengthMax";

    /**
     * Gauge: the time per record in nanoseconds. It is a moving average over every 64th record, in
     * which the last 16 samples weigh two thirds; 0 before the first record.
     */
    public static final String NANOSECONDS_PER_RECORD = "nanosecondsPerRecord";

    /**
     * One record of this many is timed, because reading the clock takes longer than a short vector.
     * A power of two.
     */
    private static final int TIMED = 64;

    private static final int AVERAGED = 16;

    private double expectedDropped;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private double nanoseconds;

    private final Counter records;
    private final Counter elementsKept;
    private final Counter elementsDropped;
    private final Counter keysReused;

    /**
     * Registers the metrics.
     *
     * @param operatorGroup the operator's own
     */
    DropoutMetrics(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup(GROUP);
        records = group.counter(RECORDS);
        elementsKept = group.counter(ELEMENTS_KEPT);
        elementsDropped = group.counter(ELEMENTS_DROPPED);
        keysReused = group.counter(KEYS_REUSED);
        group.gauge(DROPPED_RATIO, (Gauge<Double>) this::droppedRatio);
        group.gauge(EXPECTED_DROPPED_RATIO, (Gauge<Double>) this::expectedDroppedRatio);
        group.gauge(VECTOR_LENGTH_MIN, (Gauge<Integer>) this::vectorLengthMin);
        group.gauge(VECTOR_LENGTH_MAX, (Gauge<Integer>) this::vectorLengthMax);
        group.gauge(NANOSECONDS_PER_RECORD, (Gauge<Double>) this::nanosecondsPerRecord);
    }

    /** Returns the number of output records. */
    public long records() {
        return records.getCount();
    }

    /** Returns the number of elements kept. */
    public long elementsKept() {
        return elementsKept.getCount();
    }

    /** Returns the number of elements dropped. */
    public long elementsDropped() {
        return elementsDropped.getCount();
    }

    /** Returns the number of records that may have used a key again. */
    public long keysReused() {
        return keysReused.getCount();
    }

    /** Returns the share of all elements that were dropped; NaN before the first element. */
    public double droppedRatio() {
        return elementsDropped() / (double) elements();
    }

    /** Returns the expected share of elements that are dropped; NaN before the first element. */
    public double expectedDroppedRatio() {
        return expectedDropped / elements();
    }

    /** Returns the length of the shortest vector; 0 before the first record. */
    public int vectorLengthMin() {
        return Math.min(shortest, longest);
    }

    /** Returns the length of the longest vector; 0 before the first record. */
    public int vectorLengthMax() {
        return longest;
    }

    /** Returns the moving average of the time per record, in nanoseconds. */
    public double nanosecondsPerRecord() {
        return nanoseconds;
    }

    private long elements() {
        return elementsKept() + elementsDropped();
    }

    /** Returns whether the next record is timed. */
    boolean timesNext() {
        return (records.getCount() & (TIMED - 1)) == 0;
    }

    /** Adds the time of a record. */
    void addTime(long nanosecondsOfRecord) {
        nanoseconds +=
                nanoseconds == 0
                        ? nanosecondsOfRecord
                        : (nanosecondsOfRecord - nanoseconds) / AVERAGED;
    }

    /**
     * Adds a record.
     *
     * @param length of its vector before the layers
     */
    void add(DropoutResult<?> result, int length) {
        records.inc();
        elementsKept.inc(result.kept());
        elementsDropped.inc(result.dropped());
        expectedDropped += result.expectedDropped();
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        if (result.keyReused()) {
            keysReused.inc();
        }
    }
}
