package org.mydropout.job.augment;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextRecord;

/** Decides of a decoded record whether it goes on, and in which part of a split it is. */
@FunctionalInterface
public interface Selection extends Serializable {

    /** Whether it looks at a record's step, which copies of the record do not have in common. */
    default boolean looksAtStep() {
        return false;
    }

    /**
     * The record as it goes on; null where it does not.
     *
     * @param line that it was decoded from
     */
    @Nullable
    TextRecord select(TextRecord record, SourceRecord line);
}
