package org.mydropout.sql;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.mydropout.kernel.layer.Shape;

/**
 * The type of the features of a call: a vector, or nested arrays. Nested arrays are one array of
 * several dimensions in row-major order, as for {@code jnp.asarray}.
 *
 * @param element the type of the numbers
 * @param rank the number of dimensions, from 1
 */
@Internal
record FeaturesType(VectorElement element, int rank) implements Serializable {

    /** {@code ARRAY<FLOAT>}. */
    static final FeaturesType VECTOR = new FeaturesType(VectorElement.FLOAT, 1);

    /** The most dimensions, as in NumPy. */
    private static final int MOST_DIMENSIONS = 64;

    /** Makes an array of the elements from the first to the one before the last. */
    @FunctionalInterface
    interface Slices {
        GenericArrayData slice(int from, int to);
    }

    /** The type of features; empty if features cannot have it. */
    static Optional<FeaturesType> of(LogicalType type) {
        LogicalType element = type;
        int rank = 0;
        while (element.is(LogicalTypeRoot.ARRAY)) {
            element = element.getChildren().get(0);
            rank++;
        }
        int dimensions = rank;
        return rank >= 1 && rank <= MOST_DIMENSIONS
                ? VectorElement.of(element).map(one -> new FeaturesType(one, dimensions))
                : Optional.empty();
    }

    /** For a call that is being planned; features that are NULL may have any type. */
    static FeaturesType of(SpecializedContext call) {
        return of(call.getCallContext().getArgumentDataTypes().get(0).getLogicalType())
                .orElse(VECTOR);
    }

    /**
     * The type of arrays that are nested as given ones, and may be NULL where those may.
     *
     * @param given the type of features, or of NULL, which counts as that of a vector
     * @param element the type of the elements
     * @param nullableAsGiven whether it is nullable where that of the given elements is; otherwise
     *     it stays as it is
     */
    static DataType nestedAs(LogicalType given, DataType element, boolean nullableAsGiven) {
        if (!given.is(LogicalTypeRoot.ARRAY)) {
            return DataTypes.ARRAY(nullableAsGiven ? element.nullable() : element);
        }
        LogicalType child = given.getChildren().get(0);
        if (!child.is(LogicalTypeRoot.ARRAY)) {
            return DataTypes.ARRAY(
                    nullableAsGiven && child.isNullable() ? element.nullable() : element);
        }
        DataType inner = nestedAs(child, element, nullableAsGiven);
        return DataTypes.ARRAY(child.isNullable() ? inner.nullable() : inner.notNull());
    }

    /** Slices of values; all of them are those themselves, without a copy. */
    static Slices floats(float[] values) {
        return (from, to) ->
                new GenericArrayData(
                        from == 0 && to == values.length
                                ? values
                                : Arrays.copyOfRange(values, from, to));
    }

    /** Nests the elements of an array of this rank. */
    GenericArrayData nested(Shape shape, Slices elements) {
        return nested(shape, elements, 0, 0, shape.size());
    }

    private GenericArrayData nested(Shape shape, Slices elements, int depth, int from, int to) {
        if (depth == rank - 1) {
            return elements.slice(from, to);
        }
        ArrayData[] arrays = new ArrayData[shape.dimension(depth)];
        for (int i = 0; i < arrays.length; i++) {
            int size = (to - from) / arrays.length;
            arrays[i] = nested(shape, elements, depth + 1, from + i * size, from + (i + 1) * size);
        }
        return new GenericArrayData(arrays);
    }
}
