package org.mydropout.job.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.random.PrngKey;

/**
 * Writes an explanation for programs: one JSON object, whose fields are documented in {@code
 * explain.md} of the site. Under the same {@code format}, no field is removed or changes its
 * meaning.
 *
 * <p>NaN and the infinities are written as by Python's json module.
 */
public final class ExplanationJson {

    /** The number of this format. */
    static final int FORMAT = 1;

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private ExplanationJson() {}

    /** Writes an explanation, without a line end. */
    public static void write(Explanation explanation, Writer out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        if (explanation.id() instanceof String text) {
            json.writeStringField("id", text);
        } else {
            json.writeFieldName("id");
            json.writeNumber(explanation.idText());
        }
        json.writeFieldName("step");
        json.writeNumber(Long.toUnsignedString(explanation.step()));
        if (explanation.size().isPresent()) {
            json.writeNumberField("size", explanation.size().get());
        } else {
            json.writeNullField("size");
        }
        json.writeArrayFieldStart("options");
        for (String option : explanation.options()) {
            json.writeString(option);
        }
        json.writeEndArray();
        writeKeys(json, explanation);
        json.writeArrayFieldStart("layers");
        for (AppliedLayer layer : explanation.trace().layers()) {
            writeLayer(json, layer);
        }
        json.writeEndArray();
        writeVector(json, "before", explanation.before(), explanation.type());
        writeVector(json, "after", explanation.after(), explanation.type());
        json.writeArrayFieldStart("notes");
        for (String note : explanation.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeStringField("python", String.join("\n", explanation.python()));
        json.writeEndObject();
        json.flush();
    }

    private static void writeKeys(JsonGenerator json, Explanation explanation) throws IOException {
        writeKey(json, "baseKey", explanation.trace().derivation().baseKey());
        json.writeArrayFieldStart("folds");
        for (Fold fold : explanation.trace().derivation().folds()) {
            json.writeStartObject();
            json.writeStringField("part", fold.part().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("word", fold.word());
            writeKey(json, "key", fold.key());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeKey(JsonGenerator json, String name, PrngKey key) throws IOException {
        json.writeFieldName(name);
        json.writeArray(
                new long[] {
                    Integer.toUnsignedLong(key.word0()), Integer.toUnsignedLong(key.word1())
                },
                0,
                2);
    }

    private static void writeLayer(JsonGenerator json, AppliedLayer layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeStringField("type", layer.layer().layer().flaxName());
        if (layer.layer().path().isPresent()) {
            ModulePath path = layer.layer().path().get();
            json.writeFieldName("path");
            json.writeArray(path.names().toArray(new String[0]), 0, path.names().size());
            json.writeNumberField("callHash", layer.layer().words().get(0));
        }
        if (layer.layer().flavor() == Flavor.NNX) {
            json.writeNumberField("fork", layer.layer().words().get(0));
        }
        writeKey(json, "key", layer.key());
        if (layer.draws().isPresent()) {
            writeMask(json, layer.draws().get(), layer.kept().orElseThrow());
        }
        if (!layer.fields().isEmpty()) {
            json.writeObjectFieldStart("fields");
            for (Map.Entry<String, Object> field : layer.fields().entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeMask(JsonGenerator json, MaskDraws draws, BitSet kept)
            throws IOException {
        int size = draws.mantissas().length;
        BinomialCount count = new BinomialCount(size, draws.keepProbability(), kept.cardinality());
        json.writeObjectFieldStart("mask");
        json.writeNumberField("size", size);
        json.writeNumberField("drawBits", draws.bits());
        json.writeNumberField("threshold", draws.threshold());
        json.writeNumberField("keepProbability", draws.keepProbability());
        json.writeNumberField("kept", count.hits());
        json.writeNumberField("dropped", size - count.hits());
        json.writeNumberField("expectedKept", count.expected());
        json.writeNumberField("standardDeviation", count.standardDeviation());
        json.writeNumberField("tailProbability", count.tailProbability());
        json.writeStringField("bits", Base64.getEncoder().encodeToString(packed(kept, size)));
        json.writeEndObject();
    }

    /** Packs bits as {@code numpy.packbits}: eight per byte, the first in the highest bit. */
    private static byte[] packed(BitSet kept, int size) {
        byte[] bytes = new byte[(size + Byte.SIZE - 1) / Byte.SIZE];
        kept.stream()
                .forEach(index -> bytes[index / Byte.SIZE] |= (byte) (0x80 >>> index % Byte.SIZE));
        return bytes;
    }

    private static void writeVector(
            JsonGenerator json, String name, Optional<double[]> vector, ElementType type)
            throws IOException {
        if (vector.isPresent()) {
            json.writeArrayFieldStart(name);
            for (double value : vector.get()) {
                if (type == ElementType.FLOAT32) {
                    json.writeNumber((float) value);
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }
    }
}
