package org.mydropout.sql;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The type of the elements of a vector in SQL. Every element becomes the nearest float32, as in
 * {@code jnp.asarray(x, jnp.float32)}: integers up to 2^24 in size are exact.
 */
@Internal
enum VectorElement {
    FLOAT(LogicalTypeRoot.FLOAT) {
        @Override
        float get(ArrayData array, int index) {
            return array.getFloat(index);
        }
    },
    DOUBLE(LogicalTypeRoot.DOUBLE) {
        @Override
        float get(ArrayData array, int index) {
            return (float) array.getDouble(index);
        }
    },
    INT(LogicalTypeRoot.INTEGER) {
        @Override
        float get(ArrayData array, int index) {
            return array.getInt(index);
        }
    },
    SMALLINT(LogicalTypeRoot.SMALLINT) {
        @Override
        float get(ArrayData array, int index) {
            return array.getShort(index);
        }
    },
    TINYINT(LogicalTypeRoot.TINYINT) {
        @Override
        float get(ArrayData array, int index) {
            return array.getByte(index);
        }
    };

    private final LogicalTypeRoot root;

    VectorElement(LogicalTypeRoot root) {
        this.root = root;
    }

    /** The element of this type; empty if features cannot have it. */
    static Optional<VectorElement> of(LogicalType type) {
        return Stream.of(values()).filter(element -> type.is(element.root)).findFirst();
    }

    /** An element as its nearest float32, which is infinite for a DOUBLE that does not fit. */
    abstract float get(ArrayData array, int index);
}
