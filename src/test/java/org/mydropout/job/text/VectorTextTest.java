package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link VectorText}. */
class VectorTextTest {

    /** What {@link VectorText} writes of a vector. */
    static String text(VectorNotation notation, float... vector) throws IOException {
        return write(new VectorText(CsvDialect.DEFAULT), notation, null, vector);
    }

    private static String write(
            VectorText text, VectorNotation notation, @Nullable int[] shape, float... vector)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.write(vector, shape, notation, out);
        return out.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "ARRAY, '[1.0,-0.0,NaN,-Infinity]'",
        "SPACED_ARRAY, '[1.0, -0.0, NaN, -Infinity]'",
        "CELL, 1.0;-0.0;NaN;-Infinity",
        "CELLS, '1.0,-0.0,NaN,-Infinity'"
    })
    void writesInEveryNotation(VectorNotation notation, String expected) throws IOException {
        assertThat(text(notation, 1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ARRAY, '[[-1.00000075E-36,-1.00000075E-36],[-1.00000075E-36,-1.00000075E-36]]'",
        "SPACED_ARRAY, '[[-1.00000075E-36, -1.00000075E-36], [-1.00000075E-36, -1.00000075E-36]]'"
    })
    void writesNestedArrays(VectorNotation notation, String expected) throws IOException {
        float[] longest = new float[4];
        Arrays.fill(longest, -1.00000075E-36f);

        assertThat(write(new VectorText(CsvDialect.DEFAULT), notation, new int[] {2, 2}, longest))
                .isEqualTo(expected);
        assertThat(write(new VectorText(CsvDialect.DEFAULT), notation, new int[] {50, 1, 0}))
                .hasSize(2 + 50 * 4 + 49 * (notation == VectorNotation.ARRAY ? 1 : 2));
    }

    @Test
    void writesAValueAfterOneWithAnExponent() throws IOException {
        assertThat(text(VectorNotation.ARRAY, -1.00000075E-36f, -1234567.1f))
                .isEqualTo("[-1.00000075E-36,-1234567.1]");
    }

    @Test
    void writesVectorsOfAnyLengthOneAfterTheOther() throws IOException {
        VectorText text = new VectorText(CsvDialect.DEFAULT);
        float[] vector = new float[100_000];
        Arrays.fill(vector, -1.00000075E-36f);

        assertThat(write(text, VectorNotation.ARRAY, null, 1f, 2f)).isEqualTo("[1.0,2.0]");
        assertThat(write(text, VectorNotation.ARRAY, null, vector))
                .hasSize(1_600_001)
                .startsWith("[-1.00000075E-36,-1.00000075E-36,")
                .endsWith(",-1.00000075E-36]");
        assertThat(write(text, VectorNotation.ARRAY, null)).isEqualTo("[]");
        assertThat(write(text, VectorNotation.ARRAY, null, 3f)).isEqualTo("[3.0]");
    }
}
