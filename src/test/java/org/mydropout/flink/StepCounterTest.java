package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link StepCounter}. */
class StepCounterTest {

    @ParameterizedTest
    @CsvSource({"UINT32, 4294967293", "UINT64, -3"})
    void givesTheGreatestStepAndThenRefusesToWrap(StepType stepType, long last) throws IOException {
        StepCounter counter = new StepCounter(new Value(last), stepType);

        assertThat(counter.next()).isEqualTo(last + 1);
        assertThat(counter.next()).isEqualTo(stepType.max());
        for (int attempt = 0; attempt < 2; attempt++) {
            String max = Long.toUnsignedString(stepType.max());
            assertThatThrownBy(counter::next)
                    .isInstanceOf(RefusedRecordException.class)
                    .hasMessage(
                            "The step counter of an id must not pass "
                                    + max
                                    + " when dropout.step-type is "
                                    + stepType
                                    + ", but the id has had step "
                                    + max
                                    + " already.");
        }
    }

    /** A savepoint of a counter of uint64, restored with uint32. */
    @ParameterizedTest
    @CsvSource({"4294967296", "-1"})
    void refusesStateBeyondItsType(long last) {
        assertThatThrownBy(() -> new StepCounter(new Value(last), StepType.UINT32).next())
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("has had step " + Long.toUnsignedString(last) + " already.");
    }

    private static final class Value implements ValueState<Long> {
        private Long value;

        Value(Long value) {
            this.value = value;
        }

        @Override
        public Long value() {
            return value;
        }

        @Override
        public void update(Long update) {
            value = update;
        }

        @Override
        public void clear() {
            value = null;
        }
    }
}
