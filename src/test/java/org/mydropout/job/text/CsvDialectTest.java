package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.text.CsvDialect.Quotes;

/** Tests for {@link CsvDialect}. */
class CsvDialectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "''             # false # CLOSED",
                "'a,b'          # false # CLOSED",
                "'\"\"'         # false # CLOSED",
                "'\"a\"'        # false # CLOSED",
                "'a,\"b,\"'     # false # CLOSED",
                "'\"a\"\"b\",c' # false # CLOSED",
                "'a,\"\",'      # false # CLOSED",
                "'\"'           # false # OPEN",
                "'\"a'          # false # OPEN",
                "'a,\"b'        # false # OPEN",
                "'\"a\"\"'      # false # OPEN",
                "'\"a\",\"'     # false # OPEN",
                "'a\"'          # false # WRONG",
                "'\"a\"b'       # false # WRONG",
                "'a,b\"c,d'     # false # WRONG",
                "''             # true  # OPEN",
                "'a'            # true  # OPEN",
                "'a,b'          # true  # OPEN",
                "'\"\"'         # true  # OPEN",
                "'\"'           # true  # CLOSED",
                "'a\"'          # true  # CLOSED",
                "'a\",b'        # true  # CLOSED",
                "'a\",\"b'      # true  # OPEN",
                "'a\"b'         # true  # WRONG",
                "'a\",b\"'      # true  # WRONG"
            })
    void tellsHowQuotesStandAtALinesEnd(String line, boolean open, Quotes quotes) {
        assertThat(CsvDialect.DEFAULT.quotes(line.getBytes(UTF_8), open)).isEqualTo(quotes);
    }

    @ParameterizedTest
    @CsvSource({"'a;''b;c''', CLOSED", "'''b;c', OPEN", "'a,\"b', CLOSED"})
    void knowsItsOwnCharactersAlone(String line, Quotes quotes) {
        assertThat(new CsvDialect(';', '\'', '|').quotes(line.getBytes(UTF_8), false))
                .isEqualTo(quotes);
    }
}
