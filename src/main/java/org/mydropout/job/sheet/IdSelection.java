package org.mydropout.job.sheet;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.kernel.flax.IdType;

/** Which records a sheet shows: those of some ids, or the first of the source. */
final class IdSelection {

    /** How many records are shown where no ids are named. */
    static final int FIRST_RECORDS = 10;

    @Nullable private final String text;
    @Nullable private final NumberRanges numbers;
    private final Set<String> names;

    private IdSelection(@Nullable String text, @Nullable NumberRanges numbers, Set<String> names) {
        this.text = text;
        this.numbers = numbers;
        this.names = names;
    }

    /**
     * Reads a selection.
     *
     * @param text numbers and ranges of them, or names with commas between; empty: the first
     *     records
     * @throws InvalidJobException if it is neither
     */
    static IdSelection of(Optional<String> text, IdType type) throws InvalidJobException {
        if (text.isEmpty()) {
            return new IdSelection(null, null, Set.of());
        }
        return type == IdType.STRING
                ? new IdSelection(
                        text.get(), null, new LinkedHashSet<>(Set.of(text.get().split(","))))
                : new IdSelection(text.get(), NumberRanges.of("--ids", text.get()), Set.of());
    }

    /**
     * Whether a record is shown.
     *
     * @param id a String, or a Long for an integer id
     * @param others how many records are shown already, where none are named
     */
    boolean takes(Object id, int others) {
        if (text == null) {
            return others < FIRST_RECORDS;
        }
        return numbers == null ? names.contains((String) id) : numbers.contains((Long) id);
    }

    /** How many ids there are at most. */
    int size() {
        if (text == null) {
            return FIRST_RECORDS;
        }
        return numbers == null ? names.size() : numbers.size();
    }

    /** The selection as it was written. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
