package org.mydropout.job.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link MaskRuns}. */
class MaskRunsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1110011 | 5 | 3 kept, 2 dropped, 2 kept",
                "0001 | 5 | 3 dropped, 1 kept",
                "1000 | 5 | 1 kept, 3 dropped",
                "10101 | 2 | 1 kept, 1 dropped, …",
                "10 | 2 | 1 kept, 1 dropped",
                "0000 | 1 | 4 dropped",
                "'' | 1 | ''"
            })
    void listsTheFirstRuns(String mask, int most, String runs) {
        assertThat(MaskRuns.of(bits(mask), mask.length(), most)).isEqualTo(runs);
    }

    static BitSet bits(String mask) {
        BitSet bits = new BitSet();
        for (int i = 0; i < mask.length(); i++) {
            bits.set(i, mask.charAt(i) == '1');
        }
        return bits;
    }
}
