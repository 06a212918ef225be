package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link ProvenanceText}. */
class ProvenanceTextTest {

    private static String ofAnyVersion(String line) {
        return new String(ProvenanceText.ofAnyVersion(line.getBytes(UTF_8)), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"é\":1,\"provenance\":\"flink-mydropout/0.2.0-rc1?format=1&rate=0.5\"} | {\"é\":1,\"provenance\":\"flink-mydropout/*?format=1&rate=0.5\"}",
                "1,flink-mydropout/1?a,flink-mydropout/0.1.0?format=1 | 1,flink-mydropout/1?a,flink-mydropout/*?format=1"
            })
    void leavesOutTheVersionOfTheLast(String line, String ofAnyVersion) {
        assertThat(ofAnyVersion(line)).isEqualTo(ofAnyVersion);
    }

    /** Text that is not a version stays, so that no difference in another field is hidden. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"provenance\":\"flink-mydropout/0.1.0\"}",
                "{\"provenance\":\"flink-mydropout/\",\"a\":\"?\"}",
                "{\"provenance\":\"flink-mydropout/1\",\"a\":\"1?\"}"
            })
    void leavesWhatHasNoVersion(String line) {
        assertThat(ofAnyVersion(line)).isEqualTo(line);
        assertThat(ProvenanceText.in(line.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void findsTheProvenanceInALine() {
        assertThat(
                        ProvenanceText.in(
                                "{\"provenance\":\"flink-mydropout/*?format=1&seed=4%2B\"}"
                                        .getBytes(UTF_8)))
                .contains("flink-mydropout/*?format=1&seed=4%2B");
    }
}
