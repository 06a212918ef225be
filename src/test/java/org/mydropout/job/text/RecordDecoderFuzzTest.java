package org.mydropout.job.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Property tests for {@link RecordDecoder}, with untrusted lines. */
class RecordDecoderFuzzTest {

    /** Allows for buffers, and for the float array, which doubles as it grows. */
    private static final Untrusted DECODER =
            new Untrusted(RefusedLineException.class, 32 << 10, 16);

    /** Words of Jackson and Java that our messages never contain. */
    private static final Pattern FOREIGN_WORDS =
            Pattern.compile(
                    "(?i)jackson|fasterxml|java|exception|parser|token|source:|redacted|marker"
                            + "|unexpected|unrecognized|illegal|invalid|char code|end-of-input"
                            + "|StreamRead|JsonRead|null character|maximum");

    private static final List<String> READ = List.of("id", "step", "features");

    private static final List<String> JSON_TOKENS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "\"id\"",
                    "\"step\"",
                    "\"features\"",
                    "\"x\"",
                    "0",
                    "1",
                    "-0",
                    "-1",
                    "4294967295",
                    "4294967296",
                    "18446744073709551615",
                    "18446744073709551616",
                    "1.5",
                    "1e38",
                    "1e39",
                    "1e-50",
                    "1e999999999",
                    "NaN",
                    "-Infinity",
                    "INF",
                    "null",
                    "true",
                    "\"\"",
                    "\"a\\ud800\"",
                    "\"\\u0000\"",
                    " ",
                    "\"id\":1,\"step\":2,\"features\":[1.5,-0.0]",
                    "\"id\":1,\"step\":2,\"features\":\"AADAPwAAAIA=\"",
                    "\"AADAPw==\"",
                    "\\",
                    "\"",
                    "é",
                    "\"deterministic\":true,",
                    "\u0001");

    private static final List<String> CSV_TOKENS =
            List.of(
                    ",",
                    ";",
                    "\"",
                    "\"\"",
                    "1",
                    "-1",
                    "4294967296",
                    "18446744073709551616",
                    "1.5",
                    "NaN",
                    "[",
                    "]",
                    " ",
                    "1,2,1.5;2.5",
                    "1,2,AADAPw==",
                    "AADAPwAAAIABAAAA",
                    "x",
                    "\r",
                    "1e999999999",
                    "é",
                    "");

    @Provide
    Arbitrary<RecordSchema> schemas() {
        return schemas(Arbitraries.just(null));
    }

    @Provide
    Arbitrary<RecordSchema> jsonSchemas() {
        return schemas(Arbitraries.of("deterministic", null));
    }

    private static Arbitrary<RecordSchema> schemas(Arbitrary<String> deterministicFields) {
        return Combinators.combine(
                        Arbitraries.of(IdType.class),
                        Arbitraries.of(StepType.class),
                        Arbitraries.of(StepField.class),
                        Arbitraries.of(FeaturesEncoding.class),
                        deterministicFields)
                .as(
                        (idType, stepType, step, encoding, deterministicField) ->
                                new RecordSchema(
                                        "id",
                                        idType,
                                        "step",
                                        stepType,
                                        step,
                                        "features",
                                        encoding,
                                        deterministicField,
                                        null));
    }

    @Provide
    Arbitrary<byte[]> jsonLines() {
        return lines(
                JSON_TOKENS,
                "{\"id\":7,\"x\":{\"y\":[1]},\"step\":3,\"features\":[1.5,-0.0,NaN]}",
                "{\"id\":7,\"x\":{\"y\":[1]},\"step\":3,\"features\":\"AADAPwAAAIA=\"}");
    }

    @Provide
    Arbitrary<byte[]> csvLines() {
        return lines(CSV_TOKENS, "7,3,1.5;-0.0;NaN", "7,3,AADAPwAAAIA=");
    }

    private static Arbitrary<byte[]> lines(List<String> tokens, String... valid) {
        return Arbitraries.oneOf(
                Bytes.any(60),
                Arbitraries.of(valid)
                        .flatMap(line -> Bytes.damaged(line.getBytes(StandardCharsets.UTF_8))),
                Arbitraries.of(tokens)
                        .list()
                        .ofMaxSize(25)
                        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8)),
                Arbitraries.of(tokens)
                        .map(part -> ("{" + part + "}").getBytes(StandardCharsets.UTF_8)));
    }

    @Property
    void jsonIsDecodedOrRefused(
            @ForAll("jsonLines") byte[] line, @ForAll("jsonSchemas") RecordSchema schema)
            throws Exception {
        decode(schema, null, line);
    }

    /** The columns that are read, and some others, in any order. */
    @Provide
    Arbitrary<List<String>> columns() {
        return Arbitraries.of("", " ", "a,b", "\"", "\"\"", "é", "ID", "x;y", "a\"b,c")
                .set()
                .ofMaxSize(4)
                .map(
                        others ->
                                Stream.concat(READ.stream(), others.stream())
                                        .collect(Collectors.toCollection(ArrayList::new)))
                .flatMap(all -> Arbitraries.shuffle(all));
    }

    @Property
    void csvIsDecodedOrRefused(
            @ForAll("columns") List<String> columns,
            @ForAll("csvLines") byte[] line,
            @ForAll("schemas") RecordSchema schema)
            throws Exception {
        CsvHeader header = CsvHeader.of(columns, CsvDialect.DEFAULT);
        assertThat(header.columns()).isEqualTo(columns);
        decode(schema, header, line);
    }

    /** A valid header has the same columns after writing and reading it again. */
    @Property
    void csvHeaderIsReadOrRefused(@ForAll("csvLines") byte[] line) throws RefusedLineException {
        Optional<CsvHeader> header =
                DECODER.decode(line.length, () -> CsvHeader.of(line, CsvDialect.DEFAULT));

        if (header.isPresent()) {
            List<String> columns = header.get().columns();
            assertThat(CsvHeader.of(columns, CsvDialect.DEFAULT).columns()).isEqualTo(columns);
            assertThat(CsvHeader.of(header.get().with("\",x").line(), CsvDialect.DEFAULT).columns())
                    .containsAll(columns)
                    .endsWith("\",x");
        }
    }

    /**
     * Decimals as people and programs write them, and decimals near the middle between two float32.
     */
    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
        Arbitrary<String> written =
                Combinators.combine(
                                Arbitraries.of("", "-"),
                                Arbitraries.oneOf(
                                        Arbitraries.just("0"),
                                        digits.filter(number -> number.charAt(0) != '0')),
                                Arbitraries.oneOf(
                                        Arbitraries.just(""), digits.map(number -> "." + number)),
                                Arbitraries.oneOf(
                                        Arbitraries.just(""),
                                        Arbitraries.integers().between(-60, 40).map(n -> "e" + n),
                                        Arbitraries.integers().between(0, 9).map(n -> "E+" + n)))
                        .as(
                                (sign, whole, fraction, exponent) ->
                                        sign + whole + fraction + exponent);
        Arbitrary<String> hard =
                Combinators.combine(
                                Arbitraries.integers().between(0, 0x7F7F_FFFF - 1),
                                Arbitraries.integers().between(1, 120),
                                Arbitraries.integers().between(-1, 1),
                                Arbitraries.of("", "-"))
                        .as((bits, length, units, sign) -> sign + nearMiddle(bits, length, units));
        return Arbitraries.oneOf(written, hard);
    }

    /**
     * The middle between a float32 and the next, rounded to this many digits, or off by units of
     * the last digit.
     */
    private static String nearMiddle(int bits, int digits, int units) {
        float value = Float.intBitsToFloat(bits);
        BigDecimal middle =
                new BigDecimal(value)
                        .add(new BigDecimal(Math.nextUp(value)))
                        .divide(BigDecimal.valueOf(2))
                        .round(new MathContext(digits));
        return middle.add(middle.ulp().multiply(BigDecimal.valueOf(units))).toString();
    }

    @Property
    void everyDecimalIsReadAsItsNearestFloat32(
            @ForAll("decimals") String decimal, @ForAll boolean isAlone) throws Exception {
        float nearest = ExactRounding.nearest(decimal);
        // NaN forces reading token by token.
        String json = isAlone ? decimal : decimal + ",NaN";
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "features",
                        FeaturesEncoding.ARRAY,
                        null,
                        null);

        assertNearest(schema, null, "{\"id\":1,\"step\":0,\"features\":[" + json + "]}", nearest);
        assertNearest(
                schema,
                CsvHeader.of(READ, CsvDialect.DEFAULT),
                "1,0," + json.replace(',', ';'),
                nearest);
    }

    private static void assertNearest(
            RecordSchema schema, CsvHeader header, String text, float nearest) throws Exception {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        RecordDecoder decoder = RecordDecoder.of(schema, header);
        SourceRecord record = new SourceRecord(line, line.length, "fuzz", 1);
        if (Float.isInfinite(nearest)) {
            assertThatThrownBy(() -> decoder.decode(record)).hasMessageContaining("within float32");
        } else {
            assertThat(Float.floatToRawIntBits(decoder.decode(record).vector().values()[0]))
                    .isEqualTo(Float.floatToRawIntBits(nearest));
        }
    }

    /** A line that is decoded and encoded gives the same record again. */
    private static void decode(RecordSchema schema, CsvHeader header, byte[] line)
            throws IOException, RefusedLineException {
        Optional<TextRecord> record =
                DECODER.decode(
                        line.length,
                        () -> {
                            try {
                                return RecordDecoder.of(schema, header)
                                        .decode(new SourceRecord(line, line.length, "fuzz", 1));
                            } catch (RefusedLineException e) {
                                assertThat(e.getMessage()).doesNotContainPattern(FOREIGN_WORDS);
                                throw e;
                            }
                        });
        if (record.isPresent()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new TextRecordEncoder(schema.encoding()).encode(record.get(), out);
            byte[] encoded = out.toByteArray();
            TextRecord again =
                    RecordDecoder.of(schema, header)
                            .decode(new SourceRecord(encoded, encoded.length, "fuzz", 1));
            assertThat(again.vector()).isEqualTo(record.get().vector());
            assertThat(again.name()).isEqualTo(record.get().name());
            assertThat(again.deterministic()).isEqualTo(record.get().deterministic());
        }
    }

    @Provide
    Arbitrary<String> largeJson() {
        int size = 200_000;
        return Arbitraries.of(
                "[".repeat(size),
                "{\"a\":".repeat(size),
                "{\"id\":" + "1".repeat(size) + "}",
                "{\"features\":[1." + "1".repeat(size) + "]}",
                "{\"features\":[1e" + "9".repeat(size) + "]}",
                "{\"" + "a".repeat(size) + "\":1}",
                "{\"x\":\"" + "\\\"".repeat(size) + "\"}",
                "{\"features\":[" + "[".repeat(size),
                "{\"id\":1,\"step\":0,\"features\":[" + "1,".repeat(size) + "1]}");
    }

    @Property
    void largeJsonIsRefusedInProportion(
            @ForAll("largeJson") String line, @ForAll("schemas") RecordSchema schema)
            throws Exception {
        decode(schema, null, line.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> largeCsv() {
        int size = 1_000_000;
        return Arbitraries.of(
                "9".repeat(size) + ",0,1.5", // BigInteger would take long
                "1,0,1." + "1".repeat(size),
                "1,0," + "1;".repeat(size) + "1",
                "1,0,\"" + "\"\"".repeat(size) + "\"",
                ",".repeat(size));
    }

    @Property
    void largeCsvIsRefusedInProportion(
            @ForAll("largeCsv") String line, @ForAll("schemas") RecordSchema schema)
            throws Exception {
        decode(
                schema,
                CsvHeader.of(READ, CsvDialect.DEFAULT),
                line.getBytes(StandardCharsets.UTF_8));
    }
}
