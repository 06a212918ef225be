package org.mydropout.job.explain;

import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Shape;

/** The shape with which a record's vector goes into the first layer. */
public final class InputShape {

    private InputShape() {}

    /**
     * The shape of nested arrays; of one array, that which the job declares, or else one dimension.
     *
     * @param schema the schema of the job, not that of its output
     */
    public static Shape of(TextRecord record, RecordSchema schema) {
        return schema.shapeOf(record).orElseGet(() -> Shape.vector(record.size()));
    }
}
