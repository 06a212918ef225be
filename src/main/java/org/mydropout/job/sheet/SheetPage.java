package org.mydropout.job.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.function.ToIntFunction;
import org.mydropout.job.explain.BinomialCount;
import org.mydropout.kernel.layer.MaskDraws;

/**
 * Writes a sheet as one HTML file without network access: a template, the sheet as JSON, and a
 * script. Arrays are little-endian numbers in base64, four bytes per float32.
 */
final class SheetPage {

    /** Escapes, so that no text of a record can end the script element with the JSON. */
    private static final class HtmlEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return new SerializedString("\\u003c");
        }
    }

    private static final JsonFactory JSON =
            new JsonFactory().setCharacterEscapes(new HtmlEscapes());

    private final Sheet sheet;

    SheetPage(Sheet sheet) {
        this.sheet = sheet;
    }

    /** Writes the page. */
    void write(Writer out) throws IOException {
        String template = resource("sheet.html");
        int data = template.indexOf("@DATA@");
        int script = template.indexOf("@SCRIPT@");
        out.write(template.substring(0, data));
        out.write(json());
        out.write(template.substring(data + "@DATA@".length(), script));
        out.write(resource("sheet.js"));
        out.write(template.substring(script + "@SCRIPT@".length()));
    }

    private static String resource(String name) {
        try (InputStream in = SheetPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " is broken.", e);
        }
    }

    private String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("title", sheet.title());
            json.writeStringField("command", sheet.command());
            json.writeStringField("python", String.join("\n", sheet.python()));
            writeStrings(json, "options", sheet.options());
            if (sheet.image().isPresent()) {
                json.writeFieldName("shape");
                int[] shape =
                        sheet.image().get().dimensions().stream()
                                .mapToInt(Integer::intValue)
                                .toArray();
                json.writeArray(shape, 0, shape.length);
            }
            writeScale(json);
            json.writeNumberField("omitted", sheet.omitted());
            json.writeArrayFieldStart("checks");
            for (Verdict.Finding check : sheet.checks()) {
                writeVerdict(json, check.isExpected(), check.text());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("layers");
            for (Sheet.MaskedLayer layer : sheet.layers()) {
                writeLayer(json, layer);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
            for (Sheet.Row row : sheet.rows()) {
                writeRow(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values)
            throws IOException {
        json.writeFieldName(name);
        json.writeArray(values.toArray(new String[0]), 0, values.size());
    }

    private void writeScale(JsonGenerator json) throws IOException {
        ValueRange range = ValueRange.of(sheet.rows());
        json.writeObjectFieldStart("scale");
        json.writeNumberField("low", range.low());
        json.writeNumberField("high", range.high());
        json.writeEndObject();
    }

    private static void writeVerdict(JsonGenerator json, boolean isExpected, String sentence)
            throws IOException {
        json.writeStartObject();
        json.writeBooleanField("expected", isExpected);
        json.writeStringField("sentence", sentence);
        json.writeEndObject();
    }

    private static void writeLayer(JsonGenerator json, Sheet.MaskedLayer layer) throws IOException {
        MaskStatistics statistics = layer.statistics();
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeNumberField("bits", layer.bits());
        json.writeNumberField("threshold", layer.threshold());
        json.writeNumberField("keep", statistics.total().probability());
        json.writeFieldName("verdict");
        Verdict verdict = Verdict.of(statistics);
        writeVerdict(json, verdict.isExpected(), verdict.sentence());
        json.writeArrayFieldStart("ratios");
        for (KeptRatios.Bin bin : KeptRatios.of(statistics.counts()).bins()) {
            json.writeStartObject();
            json.writeNumberField("from", bin.from());
            json.writeNumberField("to", bin.to());
            json.writeNumberField("masks", bin.masks());
            json.writeNumberField("expected", bin.expected());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("positions");
        writeCounts(json, "trials", statistics.positions(), BinomialCount::trials);
        writeCounts(json, "hits", statistics.positions(), BinomialCount::hits);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeCounts(
            JsonGenerator json,
            String name,
            List<BinomialCount> counts,
            ToIntFunction<BinomialCount> number)
            throws IOException {
        ByteBuffer bytes = bytes(counts.size() * Integer.BYTES);
        counts.forEach(count -> bytes.putInt(number.applyAsInt(count)));
        json.writeStringField(name, base64(bytes));
    }

    private static void writeRow(JsonGenerator json, Sheet.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.id());
        if (row.before().isPresent()) {
            json.writeNumberField("size", row.before().get().length);
            json.writeStringField("before", base64(row.before().get()));
        }
        json.writeArrayFieldStart("pictures");
        for (Sheet.Picture picture : row.pictures()) {
            json.writeStartObject();
            json.writeStringField("step", picture.step());
            json.writeStringField("note", picture.note());
            json.writeNumberField("size", picture.values().length);
            json.writeStringField("values", base64(picture.values()));
            json.writeArrayFieldStart("draws");
            for (MaskDraws draws : picture.draws()) {
                json.writeString(base64(draws));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String base64(float[] values) {
        ByteBuffer bytes = bytes(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return base64(bytes);
    }

    /**
     * Encodes draws as uint32, or as float64 if they have more bits, which it represents exactly.
     */
    private static String base64(MaskDraws draws) {
        boolean isWide = draws.bits() > Integer.SIZE;
        ByteBuffer bytes =
                bytes(draws.mantissas().length * (isWide ? Double.BYTES : Integer.BYTES));
        for (long draw : draws.mantissas()) {
            if (isWide) {
                bytes.putDouble((double) draw);
            } else {
                bytes.putInt((int) draw);
            }
        }
        return base64(bytes);
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The array of a buffer from {@link #bytes}, which uses the whole array. */
    @SuppressWarnings("ByteBufferBackingArray")
    private static String base64(ByteBuffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
