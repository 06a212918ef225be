package org.mydropout.job.text;

import java.util.Optional;
import javax.annotation.Nullable;
import org.mydropout.flink.RecordAccessor;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.math.FloatType;

/** How the dropout operator reads and writes a record of lines. */
public final class TextRecordAccessor implements RecordAccessor<TextRecord> {
    private static final long serialVersionUID = 1L;

    private final AddedFields fields;
    private final ElementType type;
    @Nullable private final int[] shape;

    /**
     * An accessor.
     *
     * @param schema of the records
     * @param dialect of rows of CSV; null: lines are JSON
     */
    public TextRecordAccessor(RecordSchema schema, @Nullable CsvDialect dialect) {
        this.fields = AddedFields.ofLayers(schema, dialect);
        this.type = schema.type();
        this.shape = schema.shape();
    }

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

    @Nullable
    @Override
    public int[] shape(TextRecord record) {
        return record.shape() == null ? shape : record.shape();
    }

    @Override
    public boolean deterministic(TextRecord record) {
        return record.deterministic();
    }

    @Override
    public TextRecord withVector(TextRecord record, long step, float[] values) {
        return record.with(step, Elements.of(values), record.shape(), record.fields());
    }

    @Override
    public Optional<FloatType> type() {
        return type.floatType();
    }

    @Override
    public double[] typedVector(TextRecord record) {
        return record.typed();
    }

    @Override
    public TextRecord withTypedVector(TextRecord record, long step, double[] values) {
        return record.with(step, Elements.of(values), record.shape(), record.fields());
    }

    /** A vector that came as nested arrays leaves as such, unless one dimension is left. */
    @Override
    public TextRecord withOutput(TextRecord record, long step, LayerOutput output) {
        return record.with(
                step,
                Elements.of(output.values()),
                record.shape() == null ? null : nested(record.shape(), output.shape()),
                fields.text(output.fields()));
    }

    @Nullable
    private static int[] nested(int[] before, Shape after) {
        if (after.isOf(before, 0)) {
            return before;
        }
        return after.rank() == 1 ? null : after.toArray();
    }
}
