package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link CsvDecoder}, {@link CsvRow} and {@link CsvHeader}. */
class CsvDecoderTest {

    private static RecordSchema schema(IdType idType, StepField step) {
        return new RecordSchema(
                "id",
                idType,
                "step",
                StepType.UINT32,
                step,
                "features",
                FeaturesEncoding.ARRAY,
                null,
                null);
    }

    private static TextRecord decode(RecordSchema schema, String header, String text)
            throws RefusedLineException {
        byte[] bytes = text.getBytes(UTF_8);
        return RecordDecoder.of(schema, CsvHeader.of(header.getBytes(UTF_8), CsvDialect.DEFAULT))
                .decode(new SourceRecord(bytes, bytes.length, "test.csv", 2));
    }

    private static String encode(TextRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(FeaturesEncoding.ARRAY).encode(record, out);
        return out.toString(UTF_8);
    }

    @Test
    void readsIdStepAndVector() throws Exception {
        TextRecord record =
                decode(
                        schema(IdType.UINT32, StepField.READ),
                        "label,features,\"id\",step",
                        "x,1;-0;NaN;2.5e3,7,3");

        assertThat(record.vector().id()).isEqualTo(7);
        assertThat(record.vector().step()).isEqualTo(3);
        assertThat(record.vector().values()).containsExactly(1f, -0f, Float.NaN, 2500f);
    }

    @Test
    void readsQuotedTextIds() throws Exception {
        TextRecord record =
                decode(
                        schema(IdType.STRING, StepField.READ),
                        "id,step,features",
                        "\"a,\"\"é\"\"\",3,");

        assertThat(record.name()).isEqualTo("a,\"é\"");
        assertThat(record.vector().values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a,features,id,step | \"x,\"\"y\"\"\", 1;2 ,3,04 | \"x,\"\"y\"\"\",1.0;2.0,3,04",
                "id,step,features,b | 1,2,\"1;2\",  é | 1,2,1.0;2.0,  é",
                "features,step,id | ,2,1 | ,2,1"
            })
    void leavesEveryOtherByte(String header, String text, String expected) throws Exception {
        assertThat(encode(decode(schema(IdType.UINT32, StepField.READ), header, text)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'id,step,features', '1,old,2', '1,0,2.0'",
        "'features,x,step,id', '2,\"\",,1', '2.0,\"\",0,1'",
        "'id,features', '1,2', '1,2.0,0'"
    })
    void setsTheStepWhereTheJobHasIt(String header, String text, String expected) throws Exception {
        assertThat(encode(decode(schema(IdType.UINT32, StepField.SET), header, text)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'id,features,evaluate', '1,2,true', true, '1,2.0,true,'",
        "'id,features,evaluate', '1,2,false', false, '1,2.0,false,0'",
        "'id,step,features,evaluate', '1,9,2,true', true, '1,9,2.0,true'",
        "'id,step,features,evaluate', '1,9,2,false', false, '1,9,2.0,false'",
        "'id,step,features,evaluate', '1,,2,false', false, '1,0,2.0,false'"
    })
    void readsWhetherARowPassesUnchanged(
            String header, String text, boolean deterministic, String expected) throws Exception {
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ_OR_ZERO,
                        "features",
                        FeaturesEncoding.ARRAY,
                        "evaluate",
                        null);

        TextRecord record = decode(schema, header, text);

        assertThat(record.deterministic()).isEqualTo(deterministic);
        assertThat(encode(record)).isEqualTo(expected);
    }

    /** Leading zeros do not count as digits, however many there are. */
    @ParameterizedTest
    @CsvSource({
        "uint32, 0000000000000000001, 1",
        "uint32, 00000000004294967295, 4294967295",
        "uint32, -0000000000000000000, 0",
        "uint64, 00000000018446744073709551615, -1",
        "uint64, -0000000009223372036854775808, -9223372036854775808",
        "uint64, 999999999999999999, 999999999999999999",
        "uint64, 1000000000000000000, 1000000000000000000"
    })
    void readsWholeNumbersOfAnyLength(String idType, String text, long expected) throws Exception {
        IdType type = idType.equals("uint32") ? IdType.UINT32 : IdType.UINT64;
        String long1001 = "0".repeat(1001) + text.replace("-", "");

        assertThat(
                        decode(schema(type, StepField.READ), "id,step,features", text + ",2,3")
                                .vector()
                                .id())
                .isEqualTo(expected);
        if (!text.startsWith("-")) {
            assertThat(
                            decode(
                                            schema(type, StepField.READ),
                                            "id,step,features",
                                            long1001 + ",2,3")
                                    .vector()
                                    .id())
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> refusesWithAReasonAndASentence() {
        return Stream.of(
                arguments("", MALFORMED, "as many cells as the header, 3, but has 1"),
                arguments("1,2", MALFORMED, "but has 2"),
                arguments("1,2,3,4", MALFORMED, "but has 4"),
                arguments("\"1,2,3", MALFORMED, "does not close"),
                arguments("1\",2,3", MALFORMED, "quote inside a cell"),
                arguments("\"1\"x,2,3", MALFORMED, "after a closing quote"),
                arguments(",2,3", NULL_FIELD, "'id' must be a whole number, but is empty"),
                arguments("1,,3", NULL_FIELD, "'step'"),
                arguments("x,2,3", WRONG_TYPE, "'id' must be a whole number"),
                arguments("1.0,2,3", WRONG_TYPE, "but is \"1.0\""),
                arguments("+1,2,3", WRONG_TYPE, "but is \"+1\""),
                arguments("١,2,3", WRONG_TYPE, "'id'"),
                arguments("-1,2,3", OUT_OF_RANGE, "but is -1"),
                arguments("9999999999999999999,2,3", OUT_OF_RANGE, "from 0 to 4294967295"),
                arguments("00004294967296,2,3", OUT_OF_RANGE, "but is 00004294967296"),
                arguments("1,4294967296,3", OUT_OF_RANGE, "'step'"),
                arguments("1,2,a", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,\"1,2\"", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,1;;2", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,1];[2", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,1]", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,[a]", WRONG_TYPE, "an array of numbers, but is \"[a]\""),
                arguments("1,2,[1", WRONG_TYPE, "numbers separated by ';'"),
                arguments("1,2,[1]]", WRONG_TYPE, "an array of numbers"),
                arguments("1,2,\"[1,[2]]\"", WRONG_TYPE, "element 1 is an array"),
                arguments("1,2,\"[1,2] [3]\"", WRONG_TYPE, "an array of numbers"),
                arguments("1,2,1;2;", WRONG_TYPE, "element 2 is empty"),
                arguments("1,2,1;nan", WRONG_TYPE, "element 1 is \"nan\""),
                arguments("1,2,\"0,5\"", WRONG_TYPE, "a decimal comma is not read"),
                arguments("1,2,\"0,5;0,25\"", WRONG_TYPE, "write a point"),
                arguments(
                        "1,2,70 80 82",
                        WRONG_TYPE,
                        "; source.csv.array-element-delimiter: ' ' reads it."),
                arguments(
                        "1,2,0.5|1",
                        WRONG_TYPE,
                        "; source.csv.array-element-delimiter: '|' reads it."),
                arguments(
                        "1,2,\"1,2,3\"",
                        WRONG_TYPE,
                        "; source.csv.array-element-delimiter: ',' reads it."),
                arguments("1,2,1e39", OUT_OF_RANGE, "element 0 is 1e39"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWithAReasonAndASentence(String text, DeadLetterReason reason, String sentence) {
        RefusedLineException refusal =
                catchThrowableOfType(
                        RefusedLineException.class,
                        () ->
                                decode(
                                        schema(IdType.UINT32, StepField.READ),
                                        "id,step,features",
                                        text));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(sentence);
    }

    @Test
    void refusesAHeaderThatNamesAColumnTwice() {
        RefusedLineException refusal =
                catchThrowableOfType(
                        RefusedLineException.class,
                        () -> CsvHeader.of("id,\"id\"".getBytes(UTF_8), CsvDialect.DEFAULT));

        assertThat(refusal).hasMessageContaining("must name each column once, but names 'id'");
    }

    @Test
    void quotesAnAddedColumnWhereItsNameNeedsIt() throws Exception {
        CsvHeader header =
                CsvHeader.of("id".getBytes(UTF_8), CsvDialect.DEFAULT).with("step").with("a,\"b\"");

        assertThat(new String(header.line(), UTF_8)).isEqualTo("id,step,\"a,\"\"b\"\"\"");
        assertThat(CsvHeader.of(header.line(), CsvDialect.DEFAULT).columns())
                .containsExactly("id", "step", "a,\"b\"");
    }
}
