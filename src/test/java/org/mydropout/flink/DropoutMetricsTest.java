package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link DropoutMetrics}. */
class DropoutMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final DropoutMetrics metrics = new DropoutMetrics(listener.getMetricGroup());

    @ParameterizedTest
    @CsvSource({"records, 2", "elementsKept, 10", "elementsDropped, 5", "keysReused, 1"})
    void registersFlinkCounters(String name, long count) {
        metrics.add(new DropoutResult<>("a", 7, 3, 2.5, true), 10);
        metrics.add(new DropoutResult<>("b", 3, 2, 0, false), 5);

        assertThat(listener.getCounter("dropout", name))
                .hasValueSatisfying(counter -> assertThat(counter.getCount()).isEqualTo(count));
    }

    @ParameterizedTest
    @CsvSource({
        "droppedRatio, 0.3333333333333333",
        "expectedDroppedRatio, 0.16666666666666666",
        "vectorLengthMin, 5",
        "vectorLengthMax, 10",
        "nanosecondsPerRecord, 500"
    })
    void registersFlinkGauges(String name, double value) {
        metrics.addTime(500);
        metrics.add(new DropoutResult<>("a", 7, 3, 2.5, true), 10);
        metrics.add(new DropoutResult<>("b", 3, 2, 0, false), 5);

        assertThat(listener.getGauge("dropout", name))
                .hasValueSatisfying(
                        gauge ->
                                assertThat(((Number) gauge.getValue()).doubleValue())
                                        .isEqualTo(value));
    }

    @Test
    void averagesTheTimesOfLateRecords() {
        metrics.addTime(1600);
        metrics.addTime(0);
        assertThat(metrics.nanosecondsPerRecord()).isEqualTo(1500);
    }

    @Test
    void timesEvery64thRecord() {
        int timed = 0;
        for (int i = 0; i < 130; i++) {
            timed += metrics.timesNext() ? 1 : 0;
            metrics.add(new DropoutResult<>("a", 1, 0, 0, false), 1);
        }
        assertThat(timed).isEqualTo(3);
    }

    @Test
    void hasNoLengthsAndRatiosBeforeTheFirstRecord() {
        assertThat(metrics.vectorLengthMin()).isZero();
        assertThat(metrics.vectorLengthMax()).isZero();
        assertThat(metrics.droppedRatio()).isNaN();
        assertThat(metrics.expectedDroppedRatio()).isNaN();
    }

    @Test
    void showsWhatWasCounted() {
        metrics.add(new DropoutResult<>("a", 7, 3, 2.5, true), 10);

        assertThat(metrics.records()).isEqualTo(1);
        assertThat(metrics.elementsKept()).isEqualTo(7);
        assertThat(metrics.elementsDropped()).isEqualTo(3);
        assertThat(metrics.keysReused()).isEqualTo(1);
    }
}
