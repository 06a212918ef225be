package org.mydropout.sql;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;

/**
 * {@code MYDROPOUT(features, rate, seed, id, step [, options])}: Flax's dropout on a vector, with
 * the key of the row's id and step.
 *
 * <pre>{@code
 * LOAD MODULE mydropout;
 * SELECT id, step, MYDROPOUT(features, 0.1, 42, id, step) AS features FROM images;
 * SELECT MYDROPOUT(features, 0.1, 42, name, epoch, MAP['flavor', 'raw', 'x64', 'true']) FROM t;
 * }</pre>
 *
 * <ul>
 *   <li>{@code features ARRAY<FLOAT>}: a vector of any length without NULL elements.
 *   <li>{@code rate}: a DOUBLE, DECIMAL or integer from 0 to 1, the probability of a drop.
 *   <li>{@code seed}: an integer.
 *   <li>{@code id}: an integer from 0 to 2^32-1, or any BIGINT with {@code 'id-type', 'uint64'}; or
 *       a string, whose {@code id-type} is {@code string}. INT and BIGINT of the same value are the
 *       same id.
 *   <li>{@code step}: an integer from 0 to 2^32-1, or any BIGINT with {@code 'step-type',
 *       'uint64'}.
 *   <li>{@code options MAP<STRING, STRING>}: options of {@link org.mydropout.flink.DropoutOptions}
 *       by name without {@code dropout.}, except those that are arguments and those for operators
 *       only.
 * </ul>
 *
 * <p>Arguments are positional. Flink supports named arguments only for functions with one
 * signature, but the id here is an integer or a string.
 *
 * <p>The result has the type of {@code features} and the bits of {@link
 * org.mydropout.flink.DropoutMapFunction}. It is NULL if any argument is NULL. Constant arguments
 * are checked when the query is planned, all others with each row, where an invalid value fails the
 * job.
 *
 * <p>Deterministic: the result is a function of the arguments alone.
 */
@PublicEvolving
public final class MyDropoutFunction extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    @Nullable private transient Shared last;

    /** The call without options. */
    @Nullable
    public ArrayData eval(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step) {
        return dropout(features, rate, seed, id, step, null);
    }

    /** The call with options. */
    @Nullable
    public ArrayData eval(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step,
            @Nullable MapData options) {
        return options == null ? null : dropout(features, rate, seed, id, step, options);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new MyDropoutArguments())
                .outputTypeStrategy(MyDropoutArguments::resultType)
                .build();
    }

    @Nullable
    private ArrayData dropout(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step,
            @Nullable MapData options) {
        if (features == null || rate == null || seed == null || id == null || step == null) {
            return null;
        }
        KeyedTransform transform = transform(rate, seed, strings(options), id instanceof String);
        float[] vector = values(features, id, step);
        try {
            LayerOutput output =
                    id instanceof String text
                            ? transform.apply(text, step, vector)
                            : transform.apply((Long) id, step, vector);
            return new GenericArrayData(output.values());
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    /**
     * Returns the transform of the previous row if rate, seed and options are the same, as usual.
     */
    private KeyedTransform transform(
            double rate, long seed, Map<String, String> options, boolean textIds) {
        if (last == null || !last.isFor(rate, seed, options)) {
            try {
                last =
                        new Shared(
                                rate,
                                seed,
                                options,
                                MyDropoutOptions.of(rate, seed, options, textIds).transform());
            } catch (IllegalArgumentException e) {
                throw new RefusedRecordException(e.getMessage(), e);
            }
        }
        return last.transform;
    }

    private static float[] values(ArrayData features, Object id, long step) {
        for (int i = 0; i < features.size(); i++) {
            if (features.isNullAt(i)) {
                throw new RefusedRecordException(
                        ("The features of MYDROPOUT must not have NULL elements, but element %d of"
                                        + " id %s and step %d is NULL.")
                                .formatted(i, id, step));
            }
        }
        return features instanceof GenericArrayData generic && !generic.isPrimitiveArray()
                ? unboxed(generic)
                : features.toFloatArray();
    }

    /**
     * GenericArrayData.toFloatArray() needs a Float[], but Flink's Parquet reader gives an
     * Object[].
     */
    private static float[] unboxed(GenericArrayData features) {
        float[] values = new float[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.getFloat(i);
        }
        return values;
    }

    private static Map<String, String> strings(@Nullable MapData options) {
        if (options == null) {
            return Map.of();
        }
        ArrayData names = options.keyArray();
        ArrayData values = options.valueArray();
        Map<String, String> strings = new HashMap<>();
        for (int i = 0; i < options.size(); i++) {
            strings.put(string(names, i), string(values, i));
        }
        return strings;
    }

    @Nullable
    private static String string(ArrayData strings, int index) {
        return strings.isNullAt(index) ? null : strings.getString(index).toString();
    }

    /** The transform for the arguments that rows usually share. */
    private record Shared(
            double rate, long seed, Map<String, String> options, KeyedTransform transform) {

        boolean isFor(double otherRate, long otherSeed, Map<String, String> otherOptions) {
            return rate == otherRate && seed == otherSeed && options.equals(otherOptions);
        }
    }
}
