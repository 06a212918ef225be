package org.mydropout.job.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.FeatureVector;
import org.mydropout.job.text.LineTemplate;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.VectorNotation;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link RecordCopies}. */
class RecordCopiesTest {

    private static TextRecord record(long step, boolean deterministic) {
        return new TextRecord(
                new FeatureVector(1, step, new float[] {1}),
                null,
                null,
                VectorNotation.ARRAY,
                null,
                deterministic,
                new LineTemplate(new byte[0], 0, 0, 0),
                new byte[0],
                null,
                null);
    }

    private static List<Long> steps(RecordCopies copies, TextRecord record) throws Exception {
        return copies.of(record).stream().map(copy -> copy.vector().step()).toList();
    }

    @Test
    void numbersTheCopiesOfAllStepsWithoutGap() throws Exception {
        RecordCopies copies = new RecordCopies(3, StepType.UINT32, null, "rng.step-type");

        assertThat(steps(copies, record(0, false))).containsExactly(0L, 1L, 2L);
        assertThat(steps(copies, record(5, false))).containsExactly(15L, 16L, 17L);
    }

    @Test
    void takesTheConstantStepWhereThereIsOne() throws Exception {
        assertThat(
                        steps(
                                new RecordCopies(2, StepType.UINT32, 4L, "rng.step-type"),
                                record(9, false)))
                .containsExactly(8L, 9L);
    }

    @Test
    void passesADeterministicRecordOnce() throws Exception {
        assertThat(
                        steps(
                                new RecordCopies(3, StepType.UINT32, null, "rng.step-type"),
                                record(5, true)))
                .containsExactly(5L);
    }

    @ParameterizedTest
    @CsvSource({
        "1, UINT32, 4294967295, true",
        "2, UINT32, 2147483647, true",
        "2, UINT32, 2147483648, false",
        "3, UINT32, 1431655764, true",
        "3, UINT32, 1431655765, false",
        "1, UINT64, -1, true",
        "2, UINT64, 9223372036854775807, true",
        "2, UINT64, -9223372036854775808, false"
    })
    void refusesStepsThatNoLongerFit(int count, StepType type, long step, boolean fits)
            throws Exception {
        RecordCopies copies = new RecordCopies(count, type, null, "rng.step-type");

        if (fits) {
            assertThat(copies.of(record(step, false))).hasSize(count);
        } else {
            assertThatThrownBy(() -> copies.of(record(step, false)))
                    .isInstanceOf(RefusedLineException.class)
                    .hasMessageContaining("step " + Long.toUnsignedString(step));
        }
    }
}
