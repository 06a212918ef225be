package org.mydropout.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.TypeInference;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.Sample;

/**
 * {@code SAMPLE(id, fraction, seed [, options])}: whether a row is in a sample, by its id alone.
 *
 * <pre>{@code
 * SELECT * FROM images WHERE SAMPLE(id, 0.1, 42);
 * }</pre>
 *
 * <p>The samples of one seed are nested: a row of the 10 % is among the 50 %. NULL in any argument
 * gives NULL. Ids, options and constants are as in {@link MyDropoutFunction}; the options are
 * {@code id-type}, {@code rng-separator}, {@code partitionable} and {@code x64}.
 */
@PublicEvolving
public final class SampleFunction extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    private static final String NAME = "SAMPLE";
    private static final ArgumentTypes TYPES = new ArgumentTypes(NAME);

    private static final int ID = 0;
    private static final int FRACTION = 1;
    private static final int SEED = 2;
    private static final int OPTIONS = 3;

    private final LastCall<Call, Sample> last = new LastCall<>();

    /** The call without options. */
    @Nullable
    public Boolean eval(@Nullable Object id, @Nullable Double fraction, @Nullable Long seed) {
        if (id == null || fraction == null || seed == null) {
            return null;
        }
        return contains(id, fraction, seed, Map.of());
    }

    /** The call with options. */
    @Nullable
    public Boolean eval(
            @Nullable Object id,
            @Nullable Double fraction,
            @Nullable Long seed,
            @Nullable MapData options) {
        if (id == null || fraction == null || seed == null || options == null) {
            return null;
        }
        return contains(id, fraction, seed, SqlValues.strings(options));
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        new DecisionArguments(
                                ConstantArgumentCount.between(OPTIONS, OPTIONS + 1),
                                List.of("id BIGINT | STRING", "fraction DOUBLE", "seed BIGINT"),
                                SampleFunction::types,
                                SampleFunction::checkConstants))
                .outputTypeStrategy(
                        context ->
                                Optional.of(
                                        ArgumentTypes.nullableAsAny(context, DataTypes.BOOLEAN())))
                .build();
    }

    private static List<DataType> types(List<DataType> given) {
        List<DataType> types = new ArrayList<>();
        types.add(TYPES.id(given.get(ID)));
        types.add(TYPES.number(given.get(FRACTION), "fraction"));
        types.add(TYPES.integer(given.get(SEED), "seed"));
        if (given.size() > OPTIONS) {
            types.add(TYPES.options(given.get(OPTIONS)));
        }
        return types;
    }

    private static void checkConstants(CallContext context) {
        boolean textIds = ArgumentTypes.isText(context.getArgumentDataTypes().get(ID));
        Sample sample =
                RecordCall.config(
                                NAME,
                                TYPES.constantInteger(context, SEED, "seed").orElse(0L),
                                TYPES.constantOptions(context, OPTIONS),
                                textIds)
                        .sample(TYPES.constantNumber(context, FRACTION).orElse(0.5));
        if (textIds) {
            sample.contains(TYPES.constant(context, ID, String.class).orElse(""), 0);
        } else {
            sample.contains(TYPES.constantInteger(context, ID, "id").orElse(0L), 0);
        }
    }

    private boolean contains(Object id, double fraction, long seed, Map<String, String> options) {
        try {
            Call call = new Call(fraction, seed, options, id instanceof String);
            Sample sample = last.get(call, Call::sample);
            return id instanceof String text
                    ? sample.contains(text, 0)
                    : sample.contains((Long) id, 0);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    /** The arguments that rows usually share. */
    private record Call(double fraction, long seed, Map<String, String> options, boolean textIds) {

        Sample sample() {
            return RecordCall.config(NAME, seed, options, textIds).sample(fraction);
        }
    }
}
