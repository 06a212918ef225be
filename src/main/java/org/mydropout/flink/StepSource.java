package org.mydropout.flink;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Where the step of a record comes from.
 *
 * @see DropoutOptions#STEP_FROM
 */
@PublicEvolving
public enum StepSource {
    /** A field of the record. The mask is then a pure function of seed, id and step. */
    RECORD,
    /** {@link DropoutOptions#STEP}, an epoch for example: one mask per id. */
    CONSTANT,
    /**
     * Keyed state counts the records of an id from 0, in the order in which they arrive.
     *
     * <p>Flink promises no order of arrival between parallel inputs, and in batch mode no order
     * within a key. So a second run may give records other steps. The output carries the step that
     * was used: replay from the output, with {@link #RECORD}.
     */
    COUNTER;

    /** The option value, such as {@code record}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
