package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.RecordAccessor;

/**
 * A decoded line: the vector with its id and step, and the rest of the line.
 *
 * @param vector id, step and values; the id is 0 and means nothing when {@code name} holds the id
 * @param shape the dimensions of nested arrays, outermost first; null where the vector is one array
 * @param notation how the line writes the vector
 * @param name the id where the job's ids are strings, otherwise null
 * @param deterministic whether it passes unchanged
 * @param template every other byte of the line
 * @param envelope the metadata of the message; null for a line of a file
 */
public record TextRecord(
        FeatureVector vector,
        @Nullable int[] shape,
        VectorNotation notation,
        @Nullable String name,
        boolean deterministic,
        LineTemplate template,
        @Nullable MessageMetadata envelope) {

    /** How the dropout operator reads and rewrites a record. */
    public static final RecordAccessor<TextRecord> ACCESSOR = new Accessor();

    /** Creates the record of a line of a file. */
    TextRecord(
            FeatureVector vector,
            @Nullable int[] shape,
            VectorNotation notation,
            @Nullable String name,
            boolean deterministic,
            LineTemplate template) {
        this(vector, shape, notation, name, deterministic, template, null);
    }

    /** The same record with the metadata of a message. */
    TextRecord in(@Nullable MessageMetadata message) {
        return message == null
                ? this
                : new TextRecord(vector, shape, notation, name, deterministic, template, message);
    }

    /** The id as text. */
    public String idText() {
        return name == null ? Long.toUnsignedString(vector.id()) : name;
    }

    /** Writes the line of the record without the vector. */
    public void writeRest(OutputStream out) throws IOException {
        template.write(out, place -> {}, Long.toUnsignedString(vector.step()));
    }

    private static final class Accessor implements RecordAccessor<TextRecord> {
        @Override
        public long id(TextRecord record) {
            return record.vector().id();
        }

        @Override
        public String stringId(TextRecord record) {
            return record.name();
        }

        @Override
        public long step(TextRecord record) {
            return record.vector().step();
        }

        @Override
        public float[] vector(TextRecord record) {
            return record.vector().values();
        }

        @Override
        public boolean deterministic(TextRecord record) {
            return record.deterministic();
        }

        @Override
        public TextRecord withVector(TextRecord record, long step, float[] values) {
            return new TextRecord(
                    new FeatureVector(record.vector().id(), step, values),
                    record.shape(),
                    record.notation(),
                    record.name(),
                    record.deterministic(),
                    record.template(),
                    record.envelope());
        }
    }
}
