package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link Base64Vector}, and for the decoders and the encoder that use it. */
class Base64VectorTest {

    private static RecordSchema schema(FeaturesEncoding encoding) {
        return new RecordSchema(
                "id",
                IdType.UINT32,
                "step",
                StepType.UINT32,
                StepField.READ,
                "features",
                encoding,
                null,
                null);
    }

    private static TextRecord decode(FeaturesEncoding encoding, TextFormat format, String text)
            throws RefusedLineException {
        CsvHeader header =
                format == TextFormat.CSV
                        ? CsvHeader.of("id,features,step".getBytes(UTF_8), CsvDialect.DEFAULT)
                        : null;
        byte[] line = text.getBytes(UTF_8);
        return RecordDecoder.of(schema(encoding), header)
                .decode(new SourceRecord(line, line.length, "in", 1));
    }

    private static String line(TextFormat format, String features) {
        return format == TextFormat.CSV
                ? "7," + features + ",3"
                : "{\"id\":7,\"features\":\"" + features + "\",\"step\":3,\"x\":\"[\"}";
    }

    private static String encode(FeaturesEncoding encoding, TextRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(encoding).encode(record, out);
        return out.toString(UTF_8);
    }

    /** From Python: {@code base64.b64encode(struct.pack("<3f", 1.5, -0.0, 1e-45))}. */
    @ParameterizedTest
    @CsvSource({
        "BASE64_LE, JSON, AADAPwAAAIABAAAA, 3fc00000 80000000 1",
        "BASE64_BE, JSON, P8AAAIAAAAAAAAAB, 3fc00000 80000000 1",
        "BASE64_LE, CSV, AADAPwAAAIABAAAA, 3fc00000 80000000 1",
        "BASE64_BE, CSV, P8AAAIAAAAAAAAAB, 3fc00000 80000000 1",
        "BASE64_LE, JSON, AQDAfwAAgP8=, 7fc00001 ff800000",
        "BASE64_BE, CSV, f8AAAf+AAAA=, 7fc00001 ff800000",
        "BASE64_LE, CSV, AADAPw==, 3fc00000",
        "BASE64_BE, JSON, '', ''"
    })
    void readsAndWritesEveryBit(
            FeaturesEncoding encoding, TextFormat format, String base64, String bits)
            throws Exception {
        String line = line(format, base64);

        TextRecord record = decode(encoding, format, line);

        StringBuilder read = new StringBuilder();
        for (float value : record.vector().values()) {
            read.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(value)));
        }
        assertThat(read.toString().trim()).isEqualTo(bits);
        assertThat(record.shape()).isNull();
        assertThat(record.vector().id()).isEqualTo(7);
        assertThat(record.vector().step()).isEqualTo(3);
        assertThat(encode(encoding, record)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"features\":\"f8AAAf+\\u0041\\u0041AA=\",\"id\":7,\"step\":3}",
                "{\"x\":[\"a\\\"\"],\"features\" : \"f8AAAf\\u002bAAAA=\" ,\"id\":7,\"step\":3}"
            })
    void readsEscapes(String line) throws Exception {
        TextRecord record = decode(FeaturesEncoding.BASE64_BE, TextFormat.JSON, line);

        assertThat(record.vector().values()).containsExactly(Float.NaN, Float.NEGATIVE_INFINITY);
        assertThat(encode(FeaturesEncoding.BASE64_BE, record))
                .isEqualTo(line.replaceAll("\"f8AAA[^\"]*\"", "\"f8AAAf+AAAA=\""));
    }

    /** PHP and other writers escape the slash. */
    @Test
    void readsAnEscapedSlash() throws Exception {
        TextRecord record =
                decode(
                        FeaturesEncoding.BASE64_LE,
                        TextFormat.JSON,
                        line(TextFormat.JSON, "\\/\\/9\\/\\/w=="));

        assertThat(Float.floatToRawIntBits(record.vector().values()[0])).isEqualTo(0xff7fffff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AADAPw=     | one of 7 characters, which is no multiple of 4",
                "AADAPw      | one of 6 characters, which is no multiple of 4",
                "AADAPwA=    | one of 5 bytes, which is no multiple of 4",
                "AADA        | one of 3 bytes, which is no multiple of 4",
                "AADAPx==    | one whose last character has bits beyond the last byte",
                "AAAAAAAAAAB= | one whose last character has bits beyond the last byte",
                "AA==AADAPw== | one with padding before its end",
                "=AADAPw=    | one with padding before its end",
                "A===        | one with padding before its end",
                "AADA-w==    | one with \"-\" as character 5",
                "AADA w==    | one with \" \" as character 5",
                "1;2;3       | one with \";\" as character 2",
                "AAéPw===    | one with \"é\" as character 3"
            })
    void refusesWhatIsNoVector(String features, String value) {
        for (TextFormat format : TextFormat.values()) {
            assertThatThrownBy(
                            () ->
                                    decode(
                                            FeaturesEncoding.BASE64_LE,
                                            format,
                                            line(format, features)))
                    .as(format.toString())
                    .hasMessage(
                            "Field 'features' must be base64 of little-endian float32 values, but"
                                    + " is %s.",
                            value)
                    .asInstanceOf(type(RefusedLineException.class))
                    .extracting(RefusedLineException::reason)
                    .isEqualTo(DeadLetterReason.WRONG_TYPE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2] | WRONG_TYPE | an array",
                "1.5   | WRONG_TYPE | 1.5",
                "null  | NULL_FIELD | null"
            })
    void refusesWhatIsNoText(String features, DeadLetterReason reason, String value) {
        assertThatThrownBy(
                        () ->
                                decode(
                                        FeaturesEncoding.BASE64_BE,
                                        TextFormat.JSON,
                                        "{\"id\":7,\"features\":%s,\"step\":3}"
                                                .formatted(features)))
                .hasMessage(
                        "Field 'features' must be base64 of big-endian float32 values, but is %s.",
                        value)
                .asInstanceOf(type(RefusedLineException.class))
                .extracting(RefusedLineException::reason)
                .isEqualTo(reason);
    }

    /** An unterminated string is left to the parser, which refuses it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":7,\"step\":3,\"features\":\"AADA", "{\"features\":\"AA\\"})
    void refusesATextWithoutAnEnd(String line) {
        assertThatThrownBy(() -> decode(FeaturesEncoding.BASE64_LE, TextFormat.JSON, line))
                .isInstanceOf(RefusedLineException.class);
    }

    @ParameterizedTest
    @EnumSource(FeaturesEncoding.class)
    void readsNothingButItsOwnEncoding(FeaturesEncoding encoding) throws Exception {
        String array = "{\"id\":7,\"features\":[1.5],\"step\":3}";
        String base64 = line(TextFormat.JSON, "AADAPw==");

        assertThat(decode(encoding, TextFormat.JSON, encoding.isBase64() ? base64 : array))
                .isNotNull();
        assertThatThrownBy(
                        () ->
                                decode(
                                        encoding,
                                        TextFormat.JSON,
                                        encoding.isBase64() ? array : base64))
                .isInstanceOf(RefusedLineException.class);
    }
}
