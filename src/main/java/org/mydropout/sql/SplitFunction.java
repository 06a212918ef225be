package org.mydropout.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.mydropout.kernel.layer.Split;

/**
 * {@code MYDROPOUT_SPLIT(id, seed, name, share, name, share, … [, options])}: which part of a split
 * a row is in, by its id alone. It is {@code SPLIT}, too, where this module stands before Flink's
 * core, which has a function of that name.
 *
 * <pre>{@code
 * SELECT * FROM images WHERE MYDROPOUT_SPLIT(id, 42, 'train', 0.8, 'test', 0.2) = 'train';
 * }</pre>
 *
 * <p>The shares are above 0, and their sum is 1. NULL in any argument gives NULL. Ids, options and
 * constants are as in {@link SampleFunction}.
 */
@PublicEvolving
public final class SplitFunction extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    private static final String NAME = "SPLIT";
    private static final ArgumentTypes TYPES = new ArgumentTypes(NAME);

    private static final int ID = 0;
    private static final int SEED = 1;
    private static final int PARTS = 2;

    private final LastCall<Call, Split> last = new LastCall<>();

    /**
     * The call.
     *
     * @param arguments id, seed, names and shares in turns, and options if their number is odd: a
     *     Long or String, a Long, Strings and Doubles, a MapData
     * @return null if an argument is
     */
    @Nullable
    public String eval(Object... arguments) {
        if (Arrays.stream(arguments).anyMatch(Objects::isNull)) {
            return null;
        }
        Object id = arguments[ID];
        List<Object> parts = List.of(arguments).subList(PARTS, parts(arguments.length));
        MapData options =
                hasOptions(arguments.length) ? (MapData) arguments[arguments.length - 1] : null;
        try {
            Call call =
                    new Call(
                            (Long) arguments[SEED],
                            parts,
                            SqlValues.strings(options),
                            id instanceof String);
            Split split = last.get(call, Call::split);
            return id instanceof String text ? split.part(text, 0) : split.part((Long) id, 0);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        new DecisionArguments(
                                ConstantArgumentCount.from(PARTS + 2),
                                List.of(
                                        "id BIGINT | STRING",
                                        "seed BIGINT",
                                        "name STRING",
                                        "share DOUBLE",
                                        "..."),
                                SplitFunction::types,
                                SplitFunction::checkConstants))
                .outputTypeStrategy(
                        context ->
                                Optional.of(
                                        ArgumentTypes.nullableAsAny(context, DataTypes.STRING())))
                .build();
    }

    private static boolean hasOptions(int arguments) {
        return arguments % 2 == 1;
    }

    /** The position after the last share. */
    private static int parts(int arguments) {
        return hasOptions(arguments) ? arguments - 1 : arguments;
    }

    private static List<DataType> types(List<DataType> given) {
        List<DataType> types = new ArrayList<>();
        types.add(TYPES.id(given.get(ID)));
        types.add(TYPES.integer(given.get(SEED), "seed"));
        for (int i = PARTS; i < parts(given.size()); i += 2) {
            types.add(TYPES.text(given.get(i), "name of a part"));
            types.add(TYPES.number(given.get(i + 1), "share"));
        }
        if (hasOptions(given.size())) {
            types.add(TYPES.options(given.get(given.size() - 1)));
        }
        return types;
    }

    private static void checkConstants(CallContext context) {
        int count = context.getArgumentDataTypes().size();
        boolean textIds = ArgumentTypes.isText(context.getArgumentDataTypes().get(ID));
        Map<String, String> options =
                hasOptions(count) ? TYPES.constantOptions(context, count - 1) : Map.of();
        List<Object> parts = new ArrayList<>();
        for (int i = PARTS; i < parts(count); i += 2) {
            Optional<String> name = TYPES.constant(context, i, String.class);
            Optional<Double> share = TYPES.constantNumber(context, i + 1);
            if (name.isEmpty() || share.isEmpty()) {
                return;
            }
            parts.add(name.get());
            parts.add(share.get());
        }
        Split split =
                RecordCall.config(
                                NAME,
                                TYPES.constantInteger(context, SEED, "seed").orElse(0L),
                                options,
                                textIds)
                        .split(shares(parts));
        if (textIds) {
            split.part(TYPES.constant(context, ID, String.class).orElse(""), 0);
        } else {
            split.part(TYPES.constantInteger(context, ID, "id").orElse(0L), 0);
        }
    }

    private static Map<String, Double> shares(List<Object> parts) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i += 2) {
            if (shares.put((String) parts.get(i), (Double) parts.get(i + 1)) != null) {
                throw new IllegalArgumentException(
                        "The names of the parts of SPLIT must differ, but '%s' is there twice."
                                .formatted(parts.get(i)));
            }
        }
        return shares;
    }

    /** The arguments that rows usually share. */
    private record Call(
            long seed, List<Object> parts, Map<String, String> options, boolean textIds) {

        /** Copies a view of all arguments. */
        Call {
            parts = List.copyOf(parts);
        }

        Split split() {
            return RecordCall.config(NAME, seed, options, textIds).split(shares(parts));
        }
    }
}
