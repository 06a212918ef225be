package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mydropout.job.text.DeadLetterReason.INVALID_UTF8;
import static org.mydropout.job.text.DeadLetterReason.LINE_TOO_LONG;
import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.MISSING_FIELD;
import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link JsonDecoder} and the common part of {@link RecordDecoder}. */
class JsonDecoderTest {

    private static final RecordSchema UINT32 =
            schema(IdType.UINT32, StepType.UINT32, StepField.READ);
    private static final RecordSchema UINT64 =
            schema(IdType.UINT64, StepType.UINT64, StepField.READ);
    private static final RecordSchema STRING =
            schema(IdType.STRING, StepType.UINT32, StepField.READ);
    private static final RecordSchema STEP_SET =
            schema(IdType.UINT32, StepType.UINT32, StepField.SET);

    private static final RecordSchema EVALUATED =
            new RecordSchema(
                    "id",
                    IdType.UINT32,
                    "step",
                    StepType.UINT32,
                    StepField.SET,
                    "features",
                    FeaturesEncoding.ARRAY,
                    "evaluate",
                    null);

    private static RecordSchema schema(IdType idType, StepType stepType, StepField step) {
        return new RecordSchema(
                "id",
                idType,
                "step",
                stepType,
                step,
                "features",
                FeaturesEncoding.ARRAY,
                null,
                null);
    }

    @Test
    void namesTheOptionsThatTheJobUses() {
        RecordSchema plain = schema(IdType.UINT32, StepType.UINT32, StepField.READ);
        RecordSchema schema =
                new RecordSchema(
                        plain.idField(),
                        plain.idFrom(),
                        plain.idType(),
                        plain.stepField(),
                        plain.stepType(),
                        plain.step(),
                        plain.featuresField(),
                        plain.encoding(),
                        plain.type(),
                        null,
                        null,
                        null,
                        List.of(),
                        "rng");

        assertThatThrownBy(() -> decode(schema, "{\"id\":\"a\",\"step\":0,\"features\":[1]}"))
                .hasMessageEndingWith("; rng.id-type: string takes a text, and changes all masks.");
        assertThatThrownBy(() -> decode(schema, "{\"id\":1,\"step\":4294967296,\"features\":[1]}"))
                .hasMessageEndingWith("; rng.step-type: uint64 takes it, and changes all masks.");
        assertThatThrownBy(() -> decode(schema, "{\"id\":1,\"features\":[1]}"))
                .hasMessageEndingWith("; rng.step-from: constant takes rng.step.");
    }

    private static SourceRecord line(byte[] text) {
        return new SourceRecord(text, text.length, "test.jsonl", 1);
    }

    private static TextRecord decode(RecordSchema schema, String text) throws Exception {
        return RecordDecoder.of(schema, null).decode(line(text.getBytes(UTF_8)));
    }

    private static RefusedLineException refusal(RecordSchema schema, byte[] text) {
        return catchThrowableOfType(
                RefusedLineException.class,
                () -> RecordDecoder.of(schema, null).decode(line(text)));
    }

    @Test
    void readsIdStepAndVectorInAnyOrderAmongOtherFields() throws Exception {
        TextRecord record =
                decode(
                        UINT32,
                        "{\"label\": {\"id\": 9}, \"features\": [1, -2.5], \"step\": 4294967295,"
                                + " \"x\": [3], \"id\": 7}");

        assertThat(record.vector().id()).isEqualTo(7);
        assertThat(record.vector().step()).isEqualTo(4294967295L);
        assertThat(record.vector().values()).containsExactly(1f, -2.5f);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "18446744073709551615, -1",
        "-1, -1",
        "-9223372036854775808, -9223372036854775808"
    })
    void readsUint64AsTwosComplement(String text, long expected) throws Exception {
        TextRecord record =
                decode(UINT64, "{\"id\":" + text + ",\"step\":" + text + ",\"features\":[]}");

        assertThat(record.vector().id()).isEqualTo(expected);
        assertThat(record.vector().step()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "日本", "\\u00e9\\n\\\"", "😀"})
    void readsTextIds(String text) throws Exception {
        TextRecord record = decode(STRING, "{\"id\":\"" + text + "\",\"step\":0,\"features\":[]}");

        assertThat(record.name()).isEqualTo(text.replace("\\u00e9\\n\\\"", "é\n\""));
    }

    @ParameterizedTest
    @CsvSource({
        "-0, 80000000",
        "-0.0, 80000000",
        "-0e5, 80000000",
        "0, 00000000",
        "1e-400, 00000000",
        "-1e-400, 80000000",
        "16777217, 4b800000",
        "123456789012345678901234567890, 6fc77488",
        "3.40282356779733661637539395458142568448e38, INVALID",
        "3.40282356779733661637539395458142568447e38, 7f7fffff",
        "1e400, INVALID",
        "1.4e-45, 00000001",
        "NaN, 7fc00000",
        "Infinity, 7f800000",
        "-Infinity, ff800000",
        // Just above the middle of two floats. As a double it would become the middle and be
        // rounded to the even float, 3f800000.
        "1.00000005960464477540000000000000000001, 3f800001",
        "0.1000000000000000055511151231257827021181583404541015625, 3dcccccd"
    })
    void readsADecimalAsItsNearestFloat32(String text, String bits) throws Exception {
        String line = "{\"id\":1,\"step\":0,\"features\":[" + text + "]}";

        if (bits.equals("INVALID")) {
            assertThat(refusal(UINT32, line.getBytes(UTF_8)).reason()).isEqualTo(OUT_OF_RANGE);
        } else {
            float value = decode(UINT32, line).vector().values()[0];
            assertThat("%08x".formatted(Float.floatToIntBits(value))).isEqualTo(bits);
        }
    }

    @Test
    void writesFloat32SoThatTheyAreReadBackAndRoundsLikeTheJdk() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(value)) {
                continue;
            }
            String written = VectorTextTest.text(VectorNotation.ARRAY, value);
            float read =
                    decode(UINT32, "{\"id\":1,\"step\":0,\"features\":" + written + "}")
                            .vector()
                            .values()[0];
            assertThat(Float.floatToRawIntBits(read)).isEqualTo(Float.floatToRawIntBits(value));
            if (Float.isFinite(value)) {
                // A decimal near the middle between two floats, for which rounding twice gives
                // another float.
                BigDecimal middle =
                        new BigDecimal(value)
                                .add(new BigDecimal(Math.nextUp(value)))
                                .divide(BigDecimal.valueOf(2));
                String text =
                        middle.multiply(new BigDecimal("1.0000000000000000000001")).toString();
                float expected = Float.parseFloat(text);
                if (Float.isFinite(expected)) {
                    assertThat(
                                    decode(
                                                    UINT32,
                                                    "{\"id\":1,\"step\":0,\"features\":["
                                                            + text
                                                            + "]}")
                                            .vector()
                                            .values()[0])
                            .isEqualTo(expected);
                }
            }
        }
    }

    static Stream<Arguments> refusesWithAReasonAndASentence() {
        return Stream.of(
                arguments(UINT32, "", MALFORMED, "must be one JSON object, but is empty"),
                arguments(UINT32, "  ", MALFORMED, "must be one JSON object, but is empty"),
                arguments(UINT32, "nonsense", MALFORMED, "at byte 1, from \"nonsense\" on"),
                arguments(UINT32, "[1]", MALFORMED, "but is an array."),
                arguments(UINT32, "[", MALFORMED, "but is an array; jq -c '.[]' makes a line"),
                arguments(UINT32, "[{\"id\":1}]", MALFORMED, "jq -c '.[]' makes a line"),
                arguments(UINT32, "{", MALFORMED, "jq -c . puts it on one"),
                arguments(UINT32, "3", MALFORMED, "but is 3"),
                arguments(UINT32, "\"x\"", MALFORMED, "but is the text \"x\""),
                arguments(UINT32, "{\"id\":1", MALFORMED, "jq -c . puts it on one"),
                arguments(UINT32, "{\"id\":01,\"step\":0,\"features\":[]}", MALFORMED, "byte 8"),
                arguments(
                        UINT32, "{\"id\":1,\"step\":0,\"features\":[]} {}", MALFORMED, "after it"),
                arguments(UINT32, "{\"id\":1,\"step\":0,\"features\":[]}]", MALFORMED, "byte 32"),
                arguments(
                        UINT32,
                        "{\"id\":1,\"id\":1,\"step\":0,\"features\":[]}",
                        MALFORMED,
                        "has the field 'id' twice"),
                arguments(UINT32, "{\"step\":0,\"features\":[]}", MISSING_FIELD, "'id'"),
                arguments(UINT32, "{\"id\":1,\"features\":[]}", MISSING_FIELD, "'step'"),
                arguments(UINT32, "{\"id\":1,\"step\":0}", MISSING_FIELD, "'features'"),
                arguments(UINT32, "{}", MISSING_FIELD, "'id'"),
                arguments(
                        UINT32,
                        "{\"id\":null}",
                        NULL_FIELD,
                        "'id' must be a whole number, but is null"),
                arguments(UINT32, "{\"step\":null}", NULL_FIELD, "'step'"),
                arguments(UINT32, "{\"features\":null}", NULL_FIELD, "'features' must be an array"),
                arguments(
                        UINT32,
                        "{\"id\":\"1\"}",
                        WRONG_TYPE,
                        "but is the text \"1\"; dropout.id-type: string takes a text"),
                arguments(UINT32, "{\"step\":\"1\"}", WRONG_TYPE, "but is the text \"1\"."),
                arguments(UINT32, "{\"id\":1.0}", WRONG_TYPE, "but is 1.0"),
                arguments(UINT32, "{\"id\":1e2}", WRONG_TYPE, "but is 1e2"),
                arguments(UINT32, "{\"id\":NaN}", WRONG_TYPE, "but is NaN"),
                arguments(UINT32, "{\"id\":true}", WRONG_TYPE, "but is true"),
                arguments(UINT32, "{\"id\":[1]}", WRONG_TYPE, "but is an array"),
                arguments(UINT32, "{\"step\":1.5}", WRONG_TYPE, "but is 1.5"),
                arguments(UINT32, "{\"id\":-1}", OUT_OF_RANGE, "from 0 to 4294967295, but is -1"),
                arguments(
                        UINT32,
                        "{\"id\":4294967296}",
                        OUT_OF_RANGE,
                        "but is 4294967296; dropout.id-type: uint64 takes it, and changes all masks."),
                arguments(
                        UINT32,
                        "{\"step\":1764223200000}",
                        OUT_OF_RANGE,
                        "; dropout.step-type: uint64 takes it, and changes all masks."),
                arguments(
                        UINT32,
                        "{\"id\":18446744073709551616}",
                        OUT_OF_RANGE,
                        "but is 18446744073709551616."),
                arguments(UINT32, "{\"step\":-1}", OUT_OF_RANGE, "'step'"),
                arguments(UINT32, "{\"id\":1000000000000000000000}", OUT_OF_RANGE, "but is 1000"),
                arguments(UINT64, "{\"id\":18446744073709551616}", OUT_OF_RANGE, "fits 64 bits"),
                arguments(UINT64, "{\"id\":-9223372036854775809}", OUT_OF_RANGE, "fits 64 bits"),
                arguments(
                        STRING,
                        "{\"id\":1}",
                        WRONG_TYPE,
                        "'id' must be a text, but is 1; dropout.id-type: uint64 takes a whole number"),
                arguments(STRING, "{\"id\":\"\\ud800\"}", WRONG_TYPE, "half a pair"),
                arguments(
                        EVALUATED,
                        "{\"evaluate\":1}",
                        WRONG_TYPE,
                        "'evaluate' must be true or false"),
                arguments(
                        EVALUATED, "{\"evaluate\":null}", NULL_FIELD, "true or false, but is null"),
                arguments(EVALUATED, "{\"id\":1,\"features\":[]}", MISSING_FIELD, "'evaluate'"),
                arguments(UINT32, "{\"features\":{}}", WRONG_TYPE, "but is an object"),
                arguments(UINT32, "{\"features\":1}", WRONG_TYPE, "but is 1"),
                arguments(UINT32, "{\"features\":[1,[2]]}", WRONG_TYPE, "element 1 is an array"),
                arguments(UINT32, "{\"features\":[null]}", WRONG_TYPE, "element 0 is null"),
                arguments(UINT32, "{\"features\":[\"1\"]}", WRONG_TYPE, "element 0 is the text"),
                arguments(
                        UINT32,
                        "{\"features\":[+INF]}",
                        MALFORMED,
                        "must be NaN, Infinity or -Infinity, but is +INF"),
                arguments(UINT32, "{\"x\":[{\"y\":-INF}]}", MALFORMED, "but is -INF"),
                arguments(UINT32, "{\"features\":[1e39]}", OUT_OF_RANGE, "element 0 is 1e39"),
                arguments(
                        UINT32,
                        "{\"features\":[\"" + "x".repeat(1000) + "\"]}",
                        WRONG_TYPE,
                        "xxx… (1000 characters)"),
                arguments(UINT32, "[".repeat(5000), MALFORMED, "an array"),
                arguments(UINT32, "{\"a\":" + "[".repeat(5000), MALFORMED, "at most 1000 levels"),
                arguments(
                        UINT32,
                        "{\"id\":" + "1".repeat(5000),
                        MALFORMED,
                        "of at most 1000 characters"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWithAReasonAndASentence(
            RecordSchema schema, String text, DeadLetterReason reason, String sentence) {
        RefusedLineException refusal = refusal(schema, text.getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "ff", "eda080", "c080", "f5808080", "e282"})
    void refusesBytesThatAreNotUtf8EvenInFieldsItDoesNotRead(String hexadecimal) {
        byte[] bad = HexFormat.of().parseHex(hexadecimal);
        byte[] start = "{\"id\":1,\"step\":0,\"features\":[],\"x\":\"".getBytes(UTF_8);
        byte[] text = Arrays.copyOf(start, start.length + bad.length + 2);
        System.arraycopy(bad, 0, text, start.length, bad.length);
        text[text.length - 2] = '"';
        text[text.length - 1] = '}';

        assertThat(refusal(UINT32, text).reason()).isEqualTo(INVALID_UTF8);
    }

    @Test
    void refusesALineThatTheSourceCut() {
        SourceRecord cut = new SourceRecord("{\"id\"".getBytes(UTF_8), 1_000_000, "test.jsonl", 1);

        RefusedLineException refusal =
                catchThrowableOfType(
                        RefusedLineException.class,
                        () -> RecordDecoder.of(UINT32, null).decode(cut));

        assertThat(refusal.reason()).isEqualTo(LINE_TOO_LONG);
        assertThat(refusal).hasMessageContaining("source.max-line-size, but has 1000000 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1,\"step\":5,\"features\":[1,2],\"a\":1e400} | {\"id\":1,\"step\":#,\"features\":*,\"a\":1e400}",
                "{ \"features\" : [ 1 ] , \"step\" : \"é\" , \"id\" : 1 } | { \"features\" : * , \"step\" : # , \"id\" : 1 }",
                "{\"step\":{\"a\":[1]},\"features\":[],\"id\":1} | {\"step\":#,\"features\":*,\"id\":1}",
                "{\"id\":1,\"features\":[1] } | {\"id\":1,\"features\":* ,\"step\":#}"
            })
    void setsTheStepAndLeavesEveryOtherByte(String text, String expected) throws Exception {
        TextRecord record = decode(STEP_SET, text);

        assertThat(template(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1,\"step\":5,\"features\":[1]} | 5 | {\"id\":1,\"step\":#,\"features\":*}",
                "{\"id\":1,\"features\":[1]} | 0 | {\"id\":1,\"features\":*,\"step\":#}"
            })
    void takesAMissingStepForZeroWhereItMayBeMissing(String text, long step, String expected)
            throws Exception {
        TextRecord record =
                decode(schema(IdType.UINT32, StepType.UINT32, StepField.READ_OR_ZERO), text);

        assertThat(record.vector().step()).isEqualTo(step);
        assertThat(template(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true, true, 7", "false, false, #"})
    void readsWhetherARecordPassesUnchanged(String text, boolean expected, String step)
            throws Exception {
        TextRecord record =
                decode(
                        EVALUATED,
                        "{\"id\":1,\"step\":7,\"evaluate\":%s,\"features\":[1]}".formatted(text));

        assertThat(record.deterministic()).isEqualTo(expected);
        assertThat(template(record))
                .isEqualTo(
                        "{\"id\":1,\"step\":%s,\"evaluate\":%s,\"features\":*}"
                                .formatted(step, text));
    }

    /** Long strings, names that look like the vector's, and brackets inside strings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":\":[1,2]\",\"id\":1,\"step\":5,\"features\":[1,2],\"y\":[[3],[]]} | {\"x\":\":[1,2]\",\"id\":1,\"step\":#,\"features\":*,\"y\":[[3],[]]}",
                "{\"x\":{\"features\":[9]},\"features\" : \t [1],\"id\":1,\"step\":5} | {\"x\":{\"features\":[9]},\"features\" : \t *,\"id\":1,\"step\":#}",
                "{\"fe\\u0061tures\":[[1,2],[3,4]],\"id\":1,\"step\":\"old ]\"} | {\"fe\\u0061tures\":*,\"id\":1,\"step\":#}",
                "{\"features\":[NaN],\"id\":1,\"step\":[[5],{\"a\":[6]}]} | {\"features\":*,\"id\":1,\"step\":#}",
                "{\"id\":1,\"features\":[],\"step\":\"é\"} | {\"id\":1,\"features\":*,\"step\":#}"
            })
    void cutsVectorAndStepOutWhereverTheyStand(String text, String expected) throws Exception {
        assertThat(template(decode(STEP_SET, text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7_990, 8_000, 8_010, 100_000})
    void readsAVectorBehindATextOfAnyLength(int length) throws Exception {
        String text =
                "{\"x\":\"%s\",\"id\":1,\"step\":2,\"features\":[1,2],\"y\":\"%<s\"}"
                        .formatted("x".repeat(length));

        TextRecord record = decode(UINT32, text);

        assertThat(record.vector().values()).containsExactly(1f, 2f);
        assertThat(template(record)).isEqualTo(text.replace("[1,2]", "*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[1,2,3],[4,5,6]] | [[1.0,2.0,3.0],[4.0,5.0,6.0]]",
                "[[],[]]           | [[],[]]",
                "[[[1]],[[NaN]]]   | [[[1.0]],[[NaN]]]"
            })
    void writesNestedArraysNested(String features, String expected) throws Exception {
        TextRecord record = decode(UINT32, "{\"id\":1,\"step\":0,\"features\":" + features + "}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(FeaturesEncoding.ARRAY).encode(record, out);

        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"id\":1,\"step\":0,\"features\":" + expected + "}");
    }

    private static final RecordSchema PATHS =
            new RecordSchema(
                    "meta.id",
                    IdType.UINT32,
                    "meta.at.step",
                    StepType.UINT32,
                    StepField.READ_OR_ZERO,
                    "data.x",
                    FeaturesEncoding.ARRAY,
                    "meta.evaluate",
                    null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"meta\":{\"y\":{},\"id\":7,\"at\":{\"step\":3},\"evaluate\":false},\"data\":{\"x\":[1]}} | 3 | {\"meta\":{\"y\":{},\"id\":7,\"at\":{\"step\":#},\"evaluate\":false},\"data\":{\"x\":*}}",
                "{\"data\":{\"x\":[1]},\"meta\":{\"id\":7,\"evaluate\":false}} | 0 | {\"data\":{\"x\":*},\"meta\":{\"id\":7,\"evaluate\":false},\"meta.at.step\":#}",
                "{\"meta.id\":7,\"meta\":{\"at.step\":4,\"evaluate\":false,\"at\":1},\"data.x\":[1]} | 4 | {\"meta.id\":7,\"meta\":{\"at.step\":#,\"evaluate\":false,\"at\":1},\"data.x\":*}"
            })
    void readsAPathIntoNestedObjects(String text, long step, String expected) throws Exception {
        TextRecord record = decode(PATHS, text);

        assertThat(record.vector().id()).isEqualTo(7);
        assertThat(record.vector().step()).isEqualTo(step);
        assertThat(record.vector().values()).containsExactly(1f);
        assertThat(template(record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"meta\":{\"id\":7},\"meta.id\":7} | MALFORMED | must have the field 'meta.id' once",
                "{\"meta.id\":7,\"meta\":{\"id\":7}} | MALFORMED | must have the field 'meta.id' once",
                "{\"meta\":7,\"data\":{\"x\":[1]}} | MISSING_FIELD | must have the field 'meta.id', but has not",
                "{\"meta\":{\"id\":\"a\"}} | WRONG_TYPE | Field 'meta.id' must be a whole number",
                "{\"meta\":{\"id\":1,\"id\":1}} | MALFORMED | the field 'id' twice"
            })
    void refusesAPathAsAField(String text, DeadLetterReason reason, String sentence) {
        RefusedLineException refusal = refusal(PATHS, text.getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(sentence);
    }

    /** The template with marks in the places of the vector and the step. */
    private static String template(TextRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record.template().write(out, place -> place.write('*'), "#", new byte[0]);
        return out.toString(UTF_8);
    }

    @Test
    void leavesTheStepOfTheRecordAsItIsWritten() throws Exception {
        TextRecord record =
                decode(UINT32, "{\"é\":1E+2,\"step\":-0,\"features\":[1 , 2],\"id\":1}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(FeaturesEncoding.ARRAY).encode(record, out);

        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"é\":1E+2,\"step\":-0,\"features\":[1.0,2.0],\"id\":1}");
    }

    /** A string as long as a line may be passes if it is not read, because it is only skipped. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":%s,", "{\"x\":[%s],", "{\"step\":%s,"})
    void passesLongTexts(String start) throws Exception {
        String text =
                start.formatted(
                        '"'
                                + "x"
                                        .repeat(
                                                StreamReadConstraints.DEFAULT_MAX_STRING_LEN
                                                        + 1_000_000)
                                + '"');

        TextRecord record = decode(STEP_SET, text + "\"id\":1,\"features\":[1]}");

        assertThat(record.vector().values()).containsExactly(1f);
    }

    /** It is refused in a name, which then has no UTF-8 form. */
    @Test
    void passesHalfASurrogatePairInATextButNotInAName() throws Exception {
        String rest = ",\"id\":1,\"step\":0,\"features\":[]}";

        assertThat(template(decode(UINT32, "{\"x\":\"\\ud800\"" + rest))).contains("\\ud800");
        assertThat(template(decode(UINT32, "{\"\\ud83d\\ude00\":1" + rest))).contains("\\ude00");
        assertThat(refusal(UINT32, ("{\"\\ud800\":1" + rest).getBytes(UTF_8)).reason())
                .isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"flink-mydropout/1\"", "null", "[1]"})
    void refusesALineThatAlreadyHasTheFieldOfItsProvenance(String value) {
        String line = "{\"id\":1,\"step\":0,\"features\":[],\"provenance\":%s}".formatted(value);

        RefusedLineException refusal =
                refusal(UINT32.withProvenance("flink-mydropout/2"), line.getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(MALFORMED);
        assertThat(refusal).hasMessageContaining("must not have the field 'provenance'");
    }

    @Test
    void forgetsARefusedLine() throws Exception {
        RecordDecoder decoder = RecordDecoder.of(UINT32, null);
        assertThat(
                        catchThrowableOfType(
                                RefusedLineException.class,
                                () ->
                                        decoder.decode(
                                                line(
                                                        "{\"id\":1,\"step\":2,\"features\":[3],\"x\""
                                                                .getBytes(UTF_8)))))
                .isNotNull();

        assertThat(
                        catchThrowableOfType(
                                        RefusedLineException.class,
                                        () -> decoder.decode(line("{\"x\":1}".getBytes(UTF_8))))
                                .reason())
                .isEqualTo(MISSING_FIELD);
    }
}
