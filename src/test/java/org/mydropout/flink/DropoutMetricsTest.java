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
        metrics.add(new DropoutResult<>("a", 7, 3, true));
        metrics.add(new DropoutResult<>("b", 3, 2, false));

        assertThat(listener.getCounter("dropout", name))
                .hasValueSatisfying(counter -> assertThat(counter.getCount()).isEqualTo(count));
    }

    @Test
    void showsWhatWasCounted() {
        metrics.add(new DropoutResult<>("a", 7, 3, true));

        assertThat(metrics.records()).isEqualTo(1);
        assertThat(metrics.elementsKept()).isEqualTo(7);
        assertThat(metrics.elementsDropped()).isEqualTo(3);
        assertThat(metrics.keysReused()).isEqualTo(1);
    }
}
