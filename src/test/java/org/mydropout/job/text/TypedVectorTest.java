package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for vectors of other types than float32, read and written. */
class TypedVectorTest {

    private static final FieldReader FIELD = new FieldReader("features");

    private static RecordSchema schema(ElementType type, FeaturesEncoding encoding) {
        return new RecordSchema(
                "id",
                IdSource.FIELD,
                IdType.UINT32,
                "step",
                StepType.UINT32,
                StepField.READ,
                "features",
                encoding,
                type,
                null,
                null,
                null,
                List.of(),
                "rng");
    }

    private static TextRecord decode(RecordSchema schema, @Nullable CsvHeader header, String text)
            throws RefusedLineException {
        byte[] line = text.getBytes(UTF_8);
        return RecordDecoder.of(schema, header)
                .decode(new SourceRecord(line, line.length, "in", 1));
    }

    private static String encode(RecordSchema schema, TextRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(schema.encoding(), schema.type(), CsvDialect.DEFAULT)
                .encode(record, out);
        return out.toString(UTF_8);
    }

    static Stream<JsonNode> readsADecimalAsJaxDoes() {
        return GoldenVectors.rows("numbers.json", "numbers");
    }

    @ParameterizedTest
    @MethodSource
    void readsADecimalAsJaxDoes(JsonNode row) throws Exception {
        String decimal = row.required("decimal").asText();
        byte[] text = ("[" + decimal + "]").getBytes(UTF_8);
        for (ElementType type : ElementType.values()) {
            if (type == ElementType.FLOAT32) {
                continue;
            }
            JsonNode bits = row.required(type.toString());
            VectorReader reader = new VectorReader(FIELD, type);
            try (JsonParser parser = JsonTokens.FACTORY.createParser(text)) {
                assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
                if (bits.isNull()) {
                    assertThat(reader.scan(text, 0)).isEqualTo(VectorReader.LEFT);
                    assertThatThrownBy(() -> reader.read(parser))
                            .hasMessageContaining(" within %s, at most ".formatted(type))
                            .hasMessageEndingWith(
                                    "but is an array whose element 0 is %s.", decimal);
                } else {
                    long expected = Long.parseUnsignedLong(bits.asText(), 16);
                    reader.read(parser);
                    assertThat(type.bits(reader.elements().typed()[0])).isEqualTo(expected);
                    assertThat(reader.scan(text, 0)).isEqualTo(text.length);
                    assertThat(type.bits(reader.elements().typed()[0])).isEqualTo(expected);
                    // With more text behind it, a number is read in another way.
                    byte[] more = ("[" + decimal + "]" + " ".repeat(32)).getBytes(UTF_8);
                    assertThat(reader.scan(more, 0)).isEqualTo(text.length);
                    assertThat(type.bits(reader.elements().typed()[0])).isEqualTo(expected);
                }
            }
        }
    }

    /** Every value of a 16-bit type, and random bits of a float64. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
    void writesWhatIsReadAsTheSameBits(ElementType type) throws Exception {
        Random random = new Random(1);
        RecordSchema schema = schema(type, FeaturesEncoding.ARRAY);
        StringBuilder line = new StringBuilder("{\"id\":7,\"step\":3,\"features\":[");
        long[] expected = new long[1 << 16];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = type == ElementType.FLOAT64 ? random.nextLong() : i;
            double value = type.value(expected[i]);
            expected[i] = type.bits(value); // one NaN
            line.append(i == 0 ? "" : ",").append(Double.toString(value));
        }
        TextRecord record = decode(schema, null, line.append("],\"x\":1}").toString());
        assertThat(bits(record, type)).isEqualTo(expected);
        String written = encode(schema, record);
        assertThat(bits(decode(schema, null, written), type)).isEqualTo(expected);
        // Who reads float64 has the values, too.
        assertThat(
                        decode(schema(ElementType.FLOAT64, FeaturesEncoding.ARRAY), null, written)
                                .typed())
                .isEqualTo(record.typed());
    }

    private static long[] bits(TextRecord record, ElementType type) {
        long[] bits = new long[record.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = type.bits(record.typed()[i]);
        }
        return bits;
    }

    /**
     * {@code base64.b64encode(numpy.array([1.5, -0.0, numpy.inf], TYPE).tobytes())}, of bfloat16
     * that of {@code ml_dtypes}, and of big-endian that after {@code byteswap()}.
     */
    @ParameterizedTest
    @CsvSource({
        "FLOAT64, BASE64_LE, AAAAAAAA+D8AAAAAAAAAgAAAAAAAAPB/",
        "FLOAT64, BASE64_BE, P/gAAAAAAACAAAAAAAAAAH/wAAAAAAAA",
        "BFLOAT16, BASE64_LE, wD8AgIB/",
        "BFLOAT16, BASE64_BE, P8CAAH+A",
        "FLOAT16, BASE64_LE, AD4AgAB8",
        "FLOAT16, BASE64_BE, PgCAAHwA",
    })
    void readsAndWritesBase64(ElementType type, FeaturesEncoding encoding, String base64)
            throws Exception {
        RecordSchema schema = schema(type, encoding);
        String line = "{\"id\":7,\"step\":3,\"features\":\"%s\"}".formatted(base64);
        TextRecord record = decode(schema, null, line);
        assertThat(record.typed()).containsExactly(1.5, -0.0, Double.POSITIVE_INFINITY);
        assertThat(encode(schema, record)).isEqualTo(line);
        assertThatThrownBy(() -> decode(schema, null, line.replace(base64, "AAAA")))
                .hasMessageContaining("no multiple of " + type.bytes());
    }

    @ParameterizedTest
    @CsvSource({"1.5;0.1;-2", "'\"[1.5, 0.1, -2]\"'"})
    void readsAndWritesCells(String cell) throws Exception {
        RecordSchema schema = schema(ElementType.BFLOAT16, FeaturesEncoding.ARRAY);
        CsvHeader header = CsvHeader.of("id,step,features".getBytes(UTF_8), CsvDialect.DEFAULT);
        TextRecord record = decode(schema, header, "7,3," + cell);
        assertThat(record.typed()).containsExactly(1.5, 0.10009765625, -2);
        assertThat(record.vector().values()).isEmpty();
        assertThat(encode(schema, record))
                .isEqualTo("7,3," + cell.replace("0.1", "0.10009765625").replace("-2", "-2.0"));
    }
}
