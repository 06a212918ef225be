package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link FlinkRelease}, with the Flink of the pom. */
class FlinkReleaseTest {

    @ParameterizedTest
    @CsvSource({"1.20, true", "2.0, true", "2.3, true", "2.4, false", "10.0, false"})
    void knowsTheReleasesUpToItsOwn(String release, boolean known) {
        assertThat(FlinkRelease.isAtLeast(release)).isEqualTo(known);
    }

    @Test
    void namesItsOwn() {
        assertThat(FlinkRelease.current()).isEqualTo("2.3");
    }
}
