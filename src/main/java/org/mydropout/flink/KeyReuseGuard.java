package org.mydropout.flink;

import java.io.IOException;
import java.util.function.Function;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ValueState;

/**
 * Keeps the greatest step of the current key in keyed state. A greater step is new; any other step
 * may have been used before.
 *
 * @param <T> the type of the records
 */
@Internal
final class KeyReuseGuard<T> {

    private final ValueState<Long> greatestStep;
    private final boolean fail;
    private final Function<T, String> idText;

    /**
     * @param fail whether a possible reuse is refused
     * @param idText gives the id of a record as text, for the message
     */
    KeyReuseGuard(ValueState<Long> greatestStep, boolean fail, Function<T, String> idText) {
        this.greatestStep = greatestStep;
        this.fail = fail;
        this.idText = idText;
    }

    /**
     * Stores a step and returns whether its key may have been used already.
     *
     * @param step compared as an unsigned integer
     * @throws RefusedRecordException if the key may have been used and {@code fail} is set
     */
    boolean isReuse(T record, long step) throws IOException {
        Long greatest = greatestStep.value();
        boolean reuse = greatest != null && Long.compareUnsigned(step, greatest) <= 0;
        if (reuse && fail) {
            throw new RefusedRecordException(
                    "The step of a record must be greater than every earlier step of its id when"
                            + " dropout.key-reuse is fail, but id "
                            + idText.apply(record)
                            + " came with step "
                            + Long.toUnsignedString(step)
                            + " after step "
                            + Long.toUnsignedString(greatest)
                            + ": the same key may have drawn a mask already.");
        }
        // Updated even if the step does not change, so that an id in use does not expire.
        greatestStep.update(reuse ? greatest : Long.valueOf(step));
        return reuse;
    }
}
