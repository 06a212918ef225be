package org.mydropout.sql;

import java.io.Serializable;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.sql.FeaturesReader.Features;

/** Reads the arguments of a call from row to row: the features, and what is drawn for it. */
@Internal
final class MyDropoutRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FeaturesType type;
    private final LastCall<Call, KeyedTransform> last = new LastCall<>();

    /** For calls with features of this type. */
    MyDropoutRows(FeaturesType type) {
        this.type = type;
    }

    /**
     * The transform of the previous row if rate, seed and options are equal, as they usually are.
     */
    KeyedTransform transform(double rate, long seed, @Nullable MapData map, boolean textIds) {
        return last.get(new Call(rate, seed, SqlValues.strings(map), textIds), Call::transform);
    }

    /** As {@link FeaturesReader#read}. */
    Features features(ArrayData features, Object id, long step) {
        return FeaturesReader.read(MyDropoutOptions.FUNCTION, type, features, id, step);
    }

    /** Nests what has the shape of the features, as they are nested. */
    ArrayData nested(Shape shape, FeaturesType.Slices elements) {
        return type.nested(shape, elements);
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
