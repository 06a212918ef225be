package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.mydropout.flink.FeatureVector;
import org.mydropout.kernel.math.FloatArrays;

/**
 * A decoded line: the vector with its id and step, and the rest of the line.
 *
 * @param vector id, step and values; the id is 0 and means nothing when {@code name} holds the id
 * @param typed the elements of another type than float32, as doubles; null for float32. Where there
 *     are any, the vector has none
 * @param shape the dimensions of nested arrays, outermost first; null where the vector is one array
 * @param notation how the line writes the vector
 * @param name the id where the job's ids are strings, otherwise null
 * @param deterministic whether it passes unchanged
 * @param template every other byte of the line
 * @param fields what layers add to the line, as it stands there
 * @param part the part of a split that decides where it is written; null where none does
 * @param envelope what came with the message; null for a line of a file
 */
@SuppressWarnings("ArrayRecordComponent")
public record TextRecord(
        FeatureVector vector,
        @Nullable double[] typed,
        @Nullable int[] shape,
        VectorNotation notation,
        @Nullable String name,
        boolean deterministic,
        LineTemplate template,
        byte[] fields,
        @Nullable String part,
        @Nullable MessageMetadata envelope) {

    /** A record of a line that came without a message. */
    TextRecord(
            long id,
            long step,
            Elements elements,
            @Nullable int[] shape,
            VectorNotation notation,
            @Nullable String name,
            boolean deterministic,
            LineTemplate template,
            byte[] fields) {
        this(
                new FeatureVector(id, step, elements.float32()),
                elements.typed(),
                shape,
                notation,
                name,
                deterministic,
                template,
                fields,
                null,
                null);
    }

    /** The same record with the metadata of a message. */
    TextRecord in(@Nullable MessageMetadata message) {
        return message == null
                ? this
                : new TextRecord(
                        vector,
                        typed,
                        shape,
                        notation,
                        name,
                        deterministic,
                        template,
                        fields,
                        part,
                        message);
    }

    /** The id as text. */
    public String idText() {
        return name == null ? Long.toUnsignedString(vector.id()) : name;
    }

    /** Writes the line of the record without the vector. */
    public void writeRest(OutputStream out) throws IOException {
        template.write(out, place -> {}, Long.toUnsignedString(vector.step()), fields);
    }

    /** The same record, to be written where the part of a split goes. */
    public TextRecord inPart(String name) {
        return new TextRecord(
                vector,
                typed,
                shape,
                notation,
                this.name,
                deterministic,
                template,
                fields,
                name,
                envelope);
    }

    /**
     * The same record, whose line has one more field, with a text.
     *
     * @param dialect of a row of CSV; null: the line is JSON
     */
    public TextRecord withField(String field, String value, @Nullable CsvDialect dialect) {
        byte[] text = new AddedFields(List.of(field), dialect).text(Map.of(field, value));
        return new TextRecord(
                vector,
                typed,
                shape,
                notation,
                name,
                deterministic,
                template.withText(text),
                fields,
                part,
                envelope);
    }

    /** The number of elements. */
    public int size() {
        return typed == null ? vector.values().length : typed.length;
    }

    /** The elements of any type, as doubles. They may be those of the record itself. */
    public double[] doubles() {
        return typed == null ? FloatArrays.widened(vector.values()) : typed;
    }

    /** The same record with another step. */
    public TextRecord withStep(long step) {
        return with(step, new Elements(vector.values(), typed), shape, fields);
    }

    TextRecord with(long step, Elements elements, @Nullable int[] newShape, byte[] newFields) {
        return new TextRecord(
                new FeatureVector(vector.id(), step, elements.float32()),
                elements.typed(),
                newShape,
                notation,
                name,
                deterministic,
                template,
                newFields,
                part,
                envelope);
    }
}
