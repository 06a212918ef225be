package org.mydropout.sql;

import java.io.Serializable;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.KeyedTransform;

/** Reads the arguments of a call from row to row: the vector, and what is drawn for it. */
@Internal
final class MyDropoutRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final VectorElement element;
    private final LastCall<Call, KeyedTransform> last = new LastCall<>();

    /** For calls with vectors of this element type. */
    MyDropoutRows(VectorElement element) {
        this.element = element;
    }

    /** For a call that is being planned; a vector that is NULL may have any type. */
    static MyDropoutRows of(SpecializedContext call) {
        return new MyDropoutRows(
                VectorElement.of(
                                call.getCallContext()
                                        .getArgumentDataTypes()
                                        .get(0)
                                        .getLogicalType())
                        .orElse(VectorElement.FLOAT));
    }

    /**
     * The transform of the previous row if rate, seed and options are equal, as they usually are.
     */
    KeyedTransform transform(double rate, long seed, @Nullable MapData map, boolean textIds) {
        return last.get(new Call(rate, seed, SqlValues.strings(map), textIds), Call::transform);
    }

    /**
     * The elements as float32.
     *
     * @throws RefusedRecordException if an element is NULL or does not fit
     */
    float[] vector(ArrayData features, Object id, long step) {
        if (element == VectorElement.FLOAT) {
            return SqlValues.vector(MyDropoutOptions.FUNCTION, features, id, step);
        }
        SqlValues.requireElements(MyDropoutOptions.FUNCTION, features, id, step);
        float[] values = new float[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.get(features, i);
            if (element == VectorElement.DOUBLE
                    && Float.isInfinite(values[i])
                    && !Double.isInfinite(features.getDouble(i))) {
                throw new RefusedRecordException(
                        ("The features of MYDROPOUT must fit float32, at most 3.4028235E38 in size,"
                                        + " but element %d of id %s and step %d is %s.")
                                .formatted(i, id, step, features.getDouble(i)));
            }
        }
        return values;
    }

    /** The arguments that rows usually share. */
    private record Call(double rate, long seed, Map<String, String> options, boolean textIds) {

        KeyedTransform transform() {
            try {
                return MyDropoutOptions.of(rate, seed, options, textIds).transform();
            } catch (IllegalArgumentException e) {
                throw new RefusedRecordException(e.getMessage(), e);
            }
        }
    }
}
