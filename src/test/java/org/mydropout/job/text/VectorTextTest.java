package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link VectorText}. */
class VectorTextTest {

    /** The text of a vector by {@link VectorText}. */
    static String text(TextFormat format, float... vector) throws IOException {
        return write(new VectorText(format), vector);
    }

    private static String write(VectorText text, float... vector) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.write(vector, null, out);
        return out.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"JSON, '[1.0,-0.0,NaN,-Infinity]'", "CSV, 1.0;-0.0;NaN;-Infinity"})
    void writesAsTheFormatHasIt(TextFormat format, String expected) throws IOException {
        assertThat(text(format, 1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY)).isEqualTo(expected);
    }

    @Test
    void writesALongVectorsLastValueWithinTheBuffer() throws IOException {
        assertThat(text(TextFormat.JSON, -1.00000075E-36f, -1234567.1f))
                .isEqualTo("[-1.00000075E-36,-1234567.1]");
    }

    @Test
    void writesVectorsOfAnyLengthOneAfterTheOther() throws IOException {
        VectorText text = new VectorText(TextFormat.JSON);
        float[] vector = new float[100_000];
        Arrays.fill(vector, -1.00000075E-36f);

        assertThat(write(text, 1f, 2f)).isEqualTo("[1.0,2.0]");
        assertThat(write(text, vector))
                .hasSize(1_600_001)
                .startsWith("[-1.00000075E-36,-1.00000075E-36,")
                .endsWith(",-1.00000075E-36]");
        assertThat(write(text)).isEqualTo("[]");
        assertThat(write(text, 3f)).isEqualTo("[3.0]");
    }
}
