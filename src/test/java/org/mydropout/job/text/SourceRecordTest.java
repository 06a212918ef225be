package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link SourceRecord}. */
class SourceRecordTest {

    private static final MessageMetadata MESSAGE =
            new MessageMetadata(null, new String[0], new byte[0][]);

    @ParameterizedTest
    @CsvSource({"'', true", "' \t\r', true", "x, false", "' x', false", "'\u0001', false"})
    void isBlankWithNothingButWhiteSpace(String text, boolean blank) {
        byte[] bytes = text.getBytes(US_ASCII);

        assertThat(new SourceRecord(bytes, bytes.length, "in", 1).isBlankLine()).isEqualTo(blank);
        assertThat(new SourceRecord(bytes, bytes.length, "t-0", 1, MESSAGE).isBlankLine())
                .isFalse();
    }

    @Test
    void isNotBlankWhereOnlyItsBeginningIs() {
        assertThat(new SourceRecord(new byte[] {' '}, 2, "in", 1).isBlankLine()).isFalse();
        assertThat(new SourceRecord(null, 0, "t-0", 1, MESSAGE).isBlankLine()).isFalse();
    }
}
