package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link VectorReader}, {@link DelimitedVectorReader} and {@link Nesting}. */
class VectorReaderTest {

    private final VectorReader reader =
            new VectorReader(new FieldReader("features"), ElementType.FLOAT32);
    private final DelimitedVectorReader delimited =
            new DelimitedVectorReader(new FieldReader("features"), ElementType.FLOAT32);

    private void readTokens(String text) throws Exception {
        try (JsonParser parser = JsonTokens.FACTORY.createParser(text.getBytes(US_ASCII))) {
            parser.nextToken();
            reader.read(parser);
        }
    }

    private static String text(int[] shape) {
        return shape == null ? "" : Arrays.toString(shape);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                        | 0 |",
                "[ ]                       | 0 |",
                "[1]                       | 1 |",
                "[1,-2.5 , 3e1]            | 3 |",
                "[1,  2,\t3]               | 3 |",
                "[[]]                      | 0 | [1, 0]",
                "[ [ ] , [] ]              | 0 | [2, 0]",
                "[[1,2,3],[4,5,6]]         | 6 | [2, 3]",
                "[ [ 1 ] , [ 2 ] ]         | 2 | [2, 1]",
                "[[[1],[2]],[[3],[4]]]     | 4 | [2, 2, 1]",
                "[[[]],[[]],[[]]]          | 0 | [3, 1, 0]"
            })
    void readsArraysOfEveryRankFromBytesAndFromTokens(String text, int size, String shape)
            throws Exception {
        String expected = shape == null ? "" : shape;
        byte[] line = ("{:" + text + "}").getBytes(US_ASCII);

        assertThat(reader.scan(line, 2)).isEqualTo(line.length - 1);
        float[] scanned = reader.elements().float32();
        assertThat(scanned).hasSize(size);
        assertThat(text(reader.shape())).isEqualTo(expected);

        readTokens(text);
        assertThat(reader.elements().float32()).isEqualTo(scanned);
        assertThat(text(reader.shape())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,[2]]          | element 1 is an array",
                "[[1],2]          | element 1 is beside nested arrays",
                "[[1,2],[3]]      | before element 3 is of another length",
                "[[1],[2,3]]      | before element 3 is of another length",
                "[[],[1]]         | before element 1 is of another length",
                "[[1],[]]         | before element 1 is of another length",
                "[[[1]],[[2],[3]]] | before element 3 is of another length",
                "[[[1]],[2]]      | element 1 is beside nested arrays",
                "[[1],[[2]]]      | element 1 is an array",
                "[[],[[]]]        | element 0 is an array",
                "[[[]],[1]]       | element 0 is beside nested arrays"
            })
    void refusesRaggedArrays(String text, String problem) {
        assertThat(reader.scan(text.getBytes(US_ASCII), 0)).isEqualTo(VectorReader.LEFT);
        assertThatThrownBy(() -> readTokens(text))
                .isInstanceOf(RefusedLineException.class)
                .hasMessageStartingWith("Field 'features' must be an array of numbers, nested ones")
                .hasMessageContaining(problem);
    }

    @Test
    void readsSixtyFourDimensionsAndNoMore() throws Exception {
        String most = "[".repeat(64) + "1" + "]".repeat(64);
        String more = "[" + most + "]";

        assertThat(reader.scan(most.getBytes(US_ASCII), 0)).isEqualTo(most.length());
        assertThat(reader.shape()).hasSize(64).containsOnly(1);
        readTokens(most);
        assertThat(reader.shape()).hasSize(64).containsOnly(1);
        assertThat(reader.scan(more.getBytes(US_ASCII), 0)).isEqualTo(VectorReader.LEFT);
        assertThatThrownBy(() -> readTokens(more)).hasMessageContaining("64 dimensions");
    }

    /** Everything except complete arrays of plain numbers is left to reading token by token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "[01]", "[null]", "[\"1\"]",
                "[NaN]", "[[1]", "[[1],", "[1;2]", "[1e400]"
            })
    void leavesEverythingElse(String text) {
        assertThat(reader.scan(text.getBytes(US_ASCII), 0)).isEqualTo(VectorReader.LEFT);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "'  ', 0", "1, 1", "' 1 ; 2;3 ', 3"})
    void readsNumbersBetweenSeparators(String text, int size) {
        byte[] bytes = ("9" + text + "9").getBytes(US_ASCII);

        assertThat(delimited.scan(bytes, 1, bytes.length - 1, ';')).isTrue();
        assertThat(delimited.elements().float32()).hasSize(size);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, true",
        "'  ', 0, true",
        "1 2, 2, true",
        "'  1   2 ', 2, true",
        "1;2, 1, false"
    })
    void readsNumbersBetweenAnySpaces(String text, int size, boolean read) {
        assertThat(delimited.scan(text.getBytes(US_ASCII), 0, text.length(), ' ')).isEqualTo(read);
        assertThat(delimited.elements().float32()).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "1;", ";1", "1;;2", "1,2", "1 2", "a", "[1]"})
    void leavesOtherCells(String text) {
        assertThat(delimited.scan(text.getBytes(US_ASCII), 0, text.length(), ';')).isFalse();
    }

    @Test
    void growsWithTheVector() throws Exception {
        String text = "[" + "1,".repeat(600_000) + "2]";

        assertThat(reader.scan(text.getBytes(US_ASCII), 0)).isEqualTo(text.length());
        assertThat(reader.elements().float32()).hasSize(600_001).endsWith(1f, 2f);
        readTokens("[3]");
        assertThat(reader.elements().float32()).containsExactly(3f);
    }
}
