package org.mydropout.job.sheet;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.kernel.flax.IdType;

/** The records that a sheet shows: those of some ids, or the first ones of the source. */
final class IdSelection {

    /** The number of records that are shown without a selection of ids. */
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
     * @param text numbers and ranges, or names separated by commas; empty: the first records
     * @throws InvalidJobException if the text is neither
     */
    static IdSelection of(Optional<String> text, IdType type) throws InvalidJobException {
        if (text.isEmpty()) {
            return new IdSelection(null, null, Set.of());
        }
        return type == IdType.STRING
                ? new IdSelection(
                        text.get(),
                        null,
                        new LinkedHashSet<>(Arrays.asList(text.get().split(",", -1))))
                : new IdSelection(text.get(), NumberRanges.of("--ids", text.get()), Set.of());
    }

    /**
     * Whether a record is shown.
     *
     * @param id a String, or a Long for an integer id
     * @param others the number of records that are already shown
     */
    boolean takes(Object id, int others) {
        if (text == null) {
            return others < FIRST_RECORDS;
        }
        return numbers == null ? names.contains((String) id) : numbers.contains((Long) id);
    }

    /** The most ids. */
    int size() {
        if (text == null) {
            return FIRST_RECORDS;
        }
        return numbers == null ? names.size() : numbers.size();
    }

    /** The text of the selection. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
