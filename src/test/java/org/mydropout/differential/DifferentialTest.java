package org.mydropout.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.random.JaxConfig;

/** Tests for the batches of {@link Differential}, and for what it says of a difference. */
class DifferentialTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 1203, Integer.MAX_VALUE})
    void everySizeOccursOnceWithEverySetting(long salt) {
        for (long first : new long[] {0, 17, 5000}) {
            assertThat(
                            LongStream.range(first, first + Batch.PAIRS)
                                    .map(number -> Batch.pair(salt, number))
                                    .distinct()
                                    .count())
                    .isEqualTo(Batch.PAIRS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void theWholeModuleRunsUnderEverySetting(long salt) {
        assertThat(
                        LongStream.range(0, Batch.PAIRS)
                                .mapToObj(number -> Batch.of(salt, number))
                                .filter(Batch::module)
                                .map(Batch::config)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        new JaxConfig(false, false),
                        new JaxConfig(false, true),
                        new JaxConfig(true, false),
                        new JaxConfig(true, true));
    }

    /** The answer has two words of a key, a count, and a byte and four of each element. */
    @ParameterizedTest
    @CsvSource({
        "0, Record 0 of, key word 0",
        "12, Record 1 of, key word 1",
        "260, Record 1 of, number of kept elements",
        "389, Record 0 of, mask at index 5"
    })
    void aDifferenceIsNamed(int at, String record, String what) throws IOException {
        Batch batch = batchOfSize(9);
        byte[] plain = KernelAnswer.of(batch);
        byte[] other = plain.clone();
        other[at] ^= 1;

        assertThat(Mismatch.of(3, 4, batch, plain, "other", other)).contains(record, what);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31})
    void aValueThatDiffersIsNamed(int record) throws IOException {
        Batch batch = batchOfSize(9);
        byte[] plain = KernelAnswer.of(batch);
        byte[] other = plain.clone();
        int values = Batch.RECORDS * (3 * Integer.BYTES + 9);
        other[values + (record * 9 + 8) * Integer.BYTES] ^= 1;

        assertThat(Mismatch.of(3, 4, batch, plain, "other", other))
                .contains("Record " + record + " of", "value at index 8");
    }

    private static Batch batchOfSize(int size) {
        return LongStream.range(0, Batch.PAIRS)
                .mapToObj(number -> Batch.of(0, number))
                .filter(batch -> batch.size() == size)
                .findFirst()
                .orElseThrow();
    }
}
