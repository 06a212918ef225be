package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link CsvVectorReader}: vectors as people have them in CSV, read and written. */
class CsvVectorTest {

    private static final String VALUES = "[1.0, 2.5, -0.0]";

    private static TextRecord decode(
            CsvDialect dialect, String header, String features, String text)
            throws RefusedLineException {
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        features,
                        FeaturesEncoding.ARRAY,
                        null,
                        null);
        byte[] bytes = text.getBytes(UTF_8);
        return RecordDecoder.of(schema, CsvHeader.of(header.getBytes(UTF_8), dialect))
                .decode(new SourceRecord(bytes, bytes.length, "test.csv", 2));
    }

    private static String encode(TextRecord record, CsvDialect dialect) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(FeaturesEncoding.ARRAY, dialect).encode(record, out);
        return out.toString(UTF_8);
    }

    /** Whatever a vector is written as, it leaves so, and all other bytes as they came. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "1,0,1;2.5;-0,x              # , # ; # 1,0,1.0;2.5;-0.0,x",
                "1,0,\"1;2.5;-0\",x          # , # ; # 1,0,1.0;2.5;-0.0,x",
                "1,0, 1 ; 2.5 ; -0 ,x        # , # ; # 1,0,1.0;2.5;-0.0,x",
                "1,0,\"[1, 2.5, -0]\",x      # , # ; # 1,0,\"[1.0, 2.5, -0.0]\",x",
                "1,0,\"[1,2.5,-0]\",x        # , # ; # 1,0,\"[1.0,2.5,-0.0]\",x",
                "1,0,\" [1, 2.5, -0] \",x    # , # ; # 1,0,\" [1.0, 2.5, -0.0] \",x",
                "1,0,[1;2.5;-0],x            # , # ; # 1,0,[1.0;2.5;-0.0],x",
                "1,0,1|2.5|-0,x              # , # | # 1,0,1.0|2.5|-0.0,x",
                "1,0,1 2.5  -0,x             # , # ` ` # 1,0,1.0 2.5 -0.0,x",
                "1,0,[1  2.5 -0 ],x          # , # ` ` # 1,0,[1.0 2.5 -0.0],x",
                "1,0,\"[1, 2.5, -0]\",x      # , # ` ` # 1,0,\"[1.0, 2.5, -0.0]\",x",
                "1,0,\"1,2.5,-0\",x          # , # , # 1,0,\"1.0,2.5,-0.0\",x",
                "1;0;[1, 2.5, -0];x          # ; # | # 1;0;[1.0, 2.5, -0.0];x",
                "1;0;1|2.5|-0;\"a;b\"        # ; # | # 1;0;1.0|2.5|-0.0;\"a;b\"",
                "1|0|1 2.5 -0|x,y            # | # ` ` # 1|0|1.0 2.5 -0.0|x,y"
            })
    void writesAVectorAsItCame(String text, char delimiter, char arrayDelimiter, String expected)
            throws Exception {
        CsvDialect dialect = new CsvDialect(delimiter, '"', arrayDelimiter);
        String header = "id,step,features,x".replace(',', delimiter);

        TextRecord record = decode(dialect, header, "features", text);

        assertThat(Arrays.toString(record.vector().values())).isEqualTo(VALUES);
        assertThat(encode(record, dialect)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "1,0,1,2.5,-0,x           # 1,0,1.0,2.5,-0.0,x",
                "1,0, 1 ,2.5, -0,\"x\"    # 1,0,1.0,2.5,-0.0,\"x\"",
                "1,0,\"1\",2.5,\"-0\",x   # 1,0,1.0,2.5,-0.0,x",
                "1,0,1,2.50000000000000000000,-0,x # 1,0,1.0,2.5,-0.0,x"
            })
    void readsARangeOfColumns(String text, String expected) throws Exception {
        TextRecord record = decode(CsvDialect.DEFAULT, "id,step,p1,p2,p3,x", "p1..p3", text);

        assertThat(Arrays.toString(record.vector().values())).isEqualTo(VALUES);
        assertThat(encode(record, CsvDialect.DEFAULT)).isEqualTo(expected);
    }

    /** A tab is white space, of which no cell may vanish. */
    @ParameterizedTest
    @CsvSource({
        "'1\t0\t1\t\t-0\tx', NULL_FIELD, 'Field ''p2'' must be a number, but is empty.'",
        "'1\t0\t1\t2\t\tx', NULL_FIELD, 'Field ''p3'' must be a number, but is empty.'",
        "'1\t0\t1\t2 3\t4\tx', WRONG_TYPE, 'element 1 is \"2 3\"'",
        "'1\t0\t1\t2,5\t4\tx', WRONG_TYPE, 'a decimal comma is not read'",
        "'1\t0\t1\tNULL\t4\tx', WRONG_TYPE, 'element 1 is \"NULL\"'",
        "'1\t0\t1\t1e39\t4\tx', OUT_OF_RANGE, 'element 1 is 1e39'"
    })
    void refusesWhatIsNoNumberInARange(String text, DeadLetterReason reason, String sentence) {
        RefusedLineException refusal =
                catchThrowableOfType(
                        RefusedLineException.class,
                        () ->
                                decode(
                                        new CsvDialect('\t', '"', ';'),
                                        "id\tstep\tp1\tp2\tp3\tx",
                                        "p1..p3",
                                        text));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(sentence);
    }

    @Test
    void keepsTheShapeOfNestedLists() throws Exception {
        String text = "1,0,\"[[1, 2], [3, 4]]\",x";

        TextRecord record = decode(CsvDialect.DEFAULT, "id,step,features,x", "features", text);

        assertThat(record.shape()).containsExactly(2, 2);
        assertThat(encode(record, CsvDialect.DEFAULT))
                .isEqualTo("1,0,\"[[1.0, 2.0], [3.0, 4.0]]\",x");
    }

    @Test
    void keepsLineEndsWithinQuotes() throws Exception {
        String text = "1,0,1;2,\"a\r\nb\n\"";

        TextRecord record = decode(CsvDialect.DEFAULT, "id,step,features,x", "features", text);

        assertThat(encode(record, CsvDialect.DEFAULT)).isEqualTo("1,0,1.0;2.0,\"a\r\nb\n\"");
    }

    @Test
    void addsColumnsInItsDialect() throws Exception {
        CsvDialect dialect = new CsvDialect(';', '\'', '|');
        CsvHeader header = CsvHeader.of(List.of("id", "a;b", "c'd"), dialect);

        assertThat(new String(header.line(), UTF_8)).isEqualTo("id;'a;b';'c''d'");
        assertThat(new String(header.with("e\nf").line(), UTF_8))
                .isEqualTo("id;'a;b';'c''d';'e\nf'");
        assertThat(CsvHeader.of(header.line(), dialect).columns())
                .containsExactly("id", "a;b", "c'd");
    }
}
