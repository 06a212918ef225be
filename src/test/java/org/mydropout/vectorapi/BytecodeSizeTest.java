package org.mydropout.vectorapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The methods of the hash and of the selection, which every job with dropout runs, must be too
 * large for C2 to inline several of them into one body. There it would allocate an object for every
 * SIMD value.
 */
class BytecodeSizeTest {

    /** C2 inlines no method with more bytes of bytecode, however hot: {@code FreqInlineSize}. */
    private static final int MOST_INLINED = 325;

    @ParameterizedTest
    @CsvSource({
        "VectorApiLoops, firstRounds",
        "VectorApiLoops, middleRounds",
        "VectorApiLoops, lastRounds",
        "VectorApiSelectionLoops, select"
    })
    void isNotInlined(String type, String method) {
        assertThat(bytes(disassembled(type), method)).isGreaterThan(MOST_INLINED);
    }

    private static String disassembled(String type) {
        StringWriter out = new StringWriter();
        int status =
                ToolProvider.findFirst("javap")
                        .orElseThrow()
                        .run(
                                new PrintWriter(out, true),
                                new PrintWriter(out, true),
                                "-c",
                                "-p",
                                Path.of("target", "classes", "org", "mydropout", "vectorapi")
                                        .resolve(type + ".class")
                                        .toString());
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    /** The index after the method's last instruction, which returns and has one byte. */
    private static int bytes(String text, String method) {
        return Pattern.compile(
                        " %s\\([^)]*\\);\\R +Code:\\R(?: +.*\\R)*? +(?<last>\\d+): i?return\\R\\R"
                                .formatted(method))
                .matcher(text)
                .results()
                .map(BytecodeSizeTest::last)
                .findFirst()
                .orElseThrow();
    }

    private static int last(MatchResult method) {
        return Integer.parseInt(method.group(1)) + 1;
    }
}
