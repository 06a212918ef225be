package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link PythonText}. */
class PythonTextTest {

    static Stream<Arguments> writesALiteralOnOneLine() {
        return Stream.of(
                arguments("", "\"\""),
                arguments("é 😀 'x'", "\"é 😀 'x'\""),
                arguments("a\"b\\", "\"a\\\"b\\\\\""),
                arguments("\0\t\n\r\u007f\u0085", "\"\\x00\\x09\\x0a\\x0d\\x7f\\x85\""),
                arguments("\u2028\u202e", "\"\\u2028\\u202e\""),
                arguments("\ud800a\udc00", "\"\\ud800a\\udc00\""));
    }

    @ParameterizedTest
    @MethodSource
    void writesALiteralOnOneLine(String text, String literal) {
        assertThat(PythonText.quoted(text)).isEqualTo(literal);
    }
}
