package org.mydropout.job.connector.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link LineReader}. */
class LineReaderTest {

    /** Gives its bytes one by one, as a slow disk may. */
    private static InputStream trickle(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
    }

    private static List<String> lines(InputStream in, int limit) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(in, limit)) {
            byte[] line;
            while ((line = reader.read()) != null) {
                lines.add(new String(line, ISO_8859_1) + ":" + reader.length());
            }
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'\n', ':0'",
        "'a', 'a:1'",
        "'a\n', 'a:1'",
        "'a\n\nb', 'a:1 :0 b:1'",
        "'a\r\nb\r', 'a:1 b:1'",
        "'a\rb\n', 'a\rb:3'",
        "'\r\n', ':0'",
        "'abcdefgh\nx\n', 'abcd:8 x:1'",
        "'abc\r\nx\n', 'abc:3 x:1'",
        "'abcd\r\nx\n', 'abcd:4 x:1'",
        "'\u00EF\u00BB\u00BFa\n\u00EF\u00BB\u00BFb', 'a:1 \u00EF\u00BB\u00BFb:4'",
        "'\u00EF\u00BBx', '\u00EF\u00BBx:3'",
        "'a\u0001\u00FF\n', 'a\u0001\u00FF:3'"
    })
    void cutsAtLineEndsAndGivesTheBeginningOfALongLine(String text, String expected)
            throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);

        assertThat(String.join(" ", lines(new ByteArrayInputStream(bytes), 4))).isEqualTo(expected);
        assertThat(String.join(" ", lines(trickle(bytes), 4))).isEqualTo(expected);
    }

    @Test
    void givesLittleOfALineThatIsFarTooLong() throws IOException {
        String text = "x".repeat(100_000) + "\ny";

        assertThat(lines(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), 50_000))
                .containsExactly("x".repeat(1024) + ":100000", "y:1");
    }

    @Test
    void readsLinesAcrossItsBuffer() throws IOException {
        String longLine = "x".repeat(200_000);

        assertThat(
                        lines(
                                new ByteArrayInputStream(
                                        (longLine + "\n" + longLine + "\n").getBytes(ISO_8859_1)),
                                1 << 20))
                .containsExactly(longLine + ":200000", longLine + ":200000");
    }
}
