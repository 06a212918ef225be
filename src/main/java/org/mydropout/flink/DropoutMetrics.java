package org.mydropout.flink;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What one subtask of {@link DropoutMapFunction} has done since it was opened: a view of the
 * function's Flink counters. Their scope is that of the operator, followed by {@link #GROUP}.
 *
 * <p>Like all Flink metrics these start again at 0 with each attempt and are not part of a
 * checkpoint: after a recovery, records that are read again are counted again from there. Once
 * records have flowed, {@code elementsKept + elementsDropped} is the sum of their vector lengths.
 */
@PublicEvolving
public final class DropoutMetrics {

    /** The metric group that holds the counters, below the operator's own. */
    public static final String GROUP = "dropout";

    /** Counter: records that were put out. */
    public static final String RECORDS = "records";

    /** Counter: elements kept; all of a vector's when dropout is not applied. */
    public static final String ELEMENTS_KEPT = "elementsKept";

    /** Counter: elements dropped, that is set to zero by the mask. */
    public static final String ELEMENTS_DROPPED = "elementsDropped";

    /**
     * Counter: records whose step was not greater than every earlier step of their id. Stays 0 with
     * {@link KeyReuse#ALLOW}.
     */
    public static final String KEYS_REUSED = "keysReused";

    private final Counter records;
    private final Counter elementsKept;
    private final Counter elementsDropped;
    private final Counter keysReused;

    DropoutMetrics(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup(GROUP);
        records = group.counter(RECORDS);
        elementsKept = group.counter(ELEMENTS_KEPT);
        elementsDropped = group.counter(ELEMENTS_DROPPED);
        keysReused = group.counter(KEYS_REUSED);
    }

    /** Returns the number of records put out. */
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

    void add(DropoutResult<?> result) {
        records.inc();
        elementsKept.inc(result.kept());
        elementsDropped.inc(result.dropped());
        if (result.keyReused()) {
            keysReused.inc();
        }
    }
}
