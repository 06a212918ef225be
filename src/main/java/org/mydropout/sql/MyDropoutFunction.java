package org.mydropout.sql;

import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.sql.FeaturesReader.Features;

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
 *   <li>{@code features}: an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or TINYINT, of any length
 *       without NULL elements, or nested ARRAYs of one length at each depth: an array of several
 *       dimensions in row-major order. Every element is taken as its nearest float32, also with
 *       {@code 'x64'}; a DOUBLE that does not fit float32 fails the job.
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
 * <p>Arguments are positional. Flink's named arguments need one type for each argument ({@code
 * TypeInference.Builder#createStaticArguments}), but features and id here have one of several.
 *
 * <p>The result is an {@code ARRAY<FLOAT>}, nested as the features, and the bits of {@link
 * org.mydropout.flink.DropoutMapFunction}. It is NULL if any argument is NULL. Constant arguments
 * are checked when the query is planned, all others with each row, where an invalid value fails the
 * job.
 *
 * <p>Deterministic: the result is a function of the arguments alone.
 */
@PublicEvolving
public final class MyDropoutFunction extends ScalarFunction implements SpecializedFunction {

    private static final long serialVersionUID = 1L;

    private final MyDropoutRows rows;

    /** The function for {@code ARRAY<FLOAT>}; a planned call gets the one for its own type. */
    public MyDropoutFunction() {
        this(new MyDropoutRows(FeaturesType.VECTOR));
    }

    private MyDropoutFunction(MyDropoutRows rows) {
        this.rows = rows;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new MyDropoutFunction(new MyDropoutRows(FeaturesType.of(context)));
    }

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
        KeyedTransform transform = rows.transform(rate, seed, options, id instanceof String);
        Features array = rows.features(features, id, step);
        try {
            LayerOutput output =
                    id instanceof String text
                            ? transform.apply(text, step, array.values(), array.shape())
                            : transform.apply((Long) id, step, array.values(), array.shape());
            return rows.nested(output.shape(), FeaturesType.floats(output.values()));
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }
}
