package org.mydropout.flink;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ValueState;
import org.mydropout.kernel.flax.StepType;

/** Numbers the records of the current key 0, 1, 2, … The last number is keyed state. */
@Internal
final class StepCounter {

    private final ValueState<Long> lastStep;
    private final StepType stepType;

    StepCounter(ValueState<Long> lastStep, StepType stepType) {
        this.lastStep = lastStep;
        this.stepType = stepType;
    }

    long next() throws IOException {
        Long last = lastStep.value();
        if (last != null && Long.compareUnsigned(last, stepType.max()) >= 0) {
            throw new RefusedRecordException(
                    "The step counter of an id must not pass "
                            + Long.toUnsignedString(stepType.max())
                            + " when dropout.step-type is "
                            + stepType
                            + ", but the id has had step "
                            + Long.toUnsignedString(last)
                            + " already.");
        }
        long step = last == null ? 0 : last + 1;
        lastStep.update(step);
        return step;
    }
}
