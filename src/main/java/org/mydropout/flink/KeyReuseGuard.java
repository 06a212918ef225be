package org.mydropout.flink;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ValueState;

/**
 * Keeps the greatest step of the current key in keyed state. A step above it cannot have been used
 * before; any other step might have been.
 */
@Internal
final class KeyReuseGuard {

    private final ValueState<Long> greatestStep;
    private final boolean fail;

    KeyReuseGuard(ValueState<Long> greatestStep, boolean fail) {
        this.greatestStep = greatestStep;
        this.fail = fail;
    }

    /**
     * Takes note of a step and returns whether its key may be in use already.
     *
     * @param step compared as an unsigned integer
     * @throws RefusedRecordException if so, and the guard is to fail then
     */
    boolean isReuse(Object id, long step) throws IOException {
        Long greatest = greatestStep.value();
        boolean reuse = greatest != null && Long.compareUnsigned(step, greatest) <= 0;
        if (reuse && fail) {
            throw new RefusedRecordException(
                    "The step of a record must be greater than every earlier step of its id when"
                            + " dropout.key-reuse is fail, but id "
                            + id
                            + " came with step "
                            + Long.toUnsignedString(step)
                            + " after step "
                            + Long.toUnsignedString(greatest)
                            + ": the same key may have drawn a mask already.");
        }
        // Written even if nothing changes, so that an id in use does not expire.
        greatestStep.update(reuse ? greatest : Long.valueOf(step));
        return reuse;
    }
}
