package org.mydropout.job.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.fuzz.Allocation;
import org.mydropout.job.text.CsvDialect;

/** Tests for {@link RowReader}. */
class RowReaderTest {

    /** Each row with the number of its first line and its length. */
    private static List<String> rows(String text, int limit, @Nullable CsvDialect dialect)
            throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowReader reader =
                new RowReader(new ByteArrayInputStream(text.getBytes(UTF_8)), limit, dialect)) {
            byte[] row;
            while ((row = reader.read()) != null) {
                rows.add(
                        "%d:%s:%d"
                                .formatted(
                                        reader.number(), new String(row, UTF_8), reader.length()));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`a\nb\n`                 # `1:a:1 2:b:1`",
                "`a,\"b\nc\"\nd`          # `1:a,\"b\nc\":7 3:d:1`",
                "`\"a\r\n\n\"\r\nd\r\n`   # `1:\"a\r\n\n\":6 4:d:1`",
                "`\"a\n\"\"\n\"\nd`       # `1:\"a\n\"\"\n\":7 4:d:1`",
                "`\"a\n\",\"\n\"\nd\n`    # `1:\"a\n\",\"\n\":8 4:d:1`",
                "`\"a\nb\"`               # `1:\"a\nb\":5`"
            })
    void joinsTheLinesOfQuotedCells(String text, String expected) throws IOException {
        assertThat(String.join(" ", rows(text, 100, CsvDialect.DEFAULT))).isEqualTo(expected);
    }

    /** One quote too many spoils its own line and none below it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`\"a\nb\nc\n`            # `1:\"a:2 2:b:1 3:c:1`",
                "`\"a\nb\nc\"d\ne`        # `1:\"a:2 2:b:1 3:c\"d:3 4:e:1`",
                "`\"a\n\"b\nc\"\nd`       # `1:\"a:2 2:\"b\nc\":5 4:d:1`",
                "`a\"\nb\n\"c\"\n`        # `1:a\":2 2:b:1 3:\"c\":3`",
                "`\"a\n1234567890\n\"\nb` # `1:\"a:2 2:1234567890:10 3:\":1 4:b:1`"
            })
    void givesAWrongLineAlone(String text, String expected) throws IOException {
        assertThat(String.join(" ", rows(text, 12, CsvDialect.DEFAULT))).isEqualTo(expected);
    }

    @Test
    void takesEveryLineForARowWhereItIsNotCsv() throws IOException {
        assertThat(rows("\"a\nb\"\n", 100, null)).containsExactly("1:\"a:2", "2:b\":2");
    }

    @Test
    void readsARowOfManyLines() throws IOException {
        String cell = '"' + "x\n".repeat(100_000) + '"';

        assertThat(rows(cell + ",1\n2,3", 1 << 20, CsvDialect.DEFAULT))
                .containsExactly("1:" + cell + ",1:200004", "100002:2,3:3");
    }

    /** A row of 3 GB, which is longer than any array, of {@code ,} and with a quote in front. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsPastAHugeRowInTheMemoryOfItsLimit(boolean csv) throws Exception {
        long size = 3L << 30;

        List<String> rows =
                Allocation.within(
                        16 << 20,
                        () -> {
                            List<String> found = new ArrayList<>();
                            try (RowReader reader =
                                    new RowReader(
                                            huge(size), 1 << 20, csv ? CsvDialect.DEFAULT : null)) {
                                byte[] row;
                                while ((row = reader.read()) != null) {
                                    found.add(row.length + " of " + reader.length());
                                }
                            }
                            return found;
                        });

        assertThat(rows).containsExactly("1024 of " + (size + 1), "3 of 3");
    }

    private static InputStream huge(long size) {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) ',');
        InputStream blocks =
                new InputStream() {
                    private long left = size;

                    @Override
                    public int read() {
                        left--;
                        return left < 0 ? -1 : ',';
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        int count = (int) Math.min(Math.min(left, length), block.length);
                        System.arraycopy(block, 0, bytes, offset, count);
                        left -= count;
                        return count == 0 ? -1 : count;
                    }
                };
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream("\"".getBytes(UTF_8)), blocks),
                new ByteArrayInputStream("\nend".getBytes(UTF_8)));
    }
}
