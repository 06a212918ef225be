package org.mydropout.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.Signature.Argument;
import org.mydropout.kernel.layer.KeyedTransform;

/** Checks the types of a call of {@link LayerFunction}, and the values that are constant. */
@Internal
final class LayerArguments implements InputTypeStrategy {

    /** Stands in for integers that are not constant; every type of ids and steps has it. */
    private static final long ANY_INTEGER = 0;

    private final LayerCall call;
    private final ArgumentTypes types;
    private final int seed;
    private final int id;
    private final int step;
    private final int options;

    LayerArguments(LayerCall call) {
        this.call = call;
        this.types = new ArgumentTypes(call.function());
        this.seed = 1 + call.positional().size();
        this.id = seed + 1;
        this.step = id + 1;
        this.options = step + 1;
    }

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.between(options, options + 1);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext context, boolean throwOnFailure) {
        return ArgumentTypes.inferred(
                throwOnFailure,
                () -> {
                    List<DataType> inferred = types(context.getArgumentDataTypes());
                    checkConstants(context);
                    return inferred;
                });
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        List<Argument> required = new ArrayList<>();
        required.add(Argument.of("features", ArgumentTypes.FEATURES));
        for (int i = 0; i < call.positional().size(); i++) {
            required.add(
                    Argument.of(call.positional().get(i), call.isNumber(i) ? "DOUBLE" : "STRING"));
        }
        required.add(Argument.of("seed", "BIGINT"));
        required.add(Argument.of("id", "BIGINT | STRING"));
        required.add(Argument.of("step", "BIGINT"));
        Argument map = Argument.of("options", "MAP<STRING, STRING>");
        return List.of(
                Signature.of(required),
                Signature.of(Stream.concat(required.stream(), Stream.of(map)).toList()));
    }

    /** A vector or a row of what was drawn, nullable where any argument is. */
    Optional<DataType> resultType(CallContext context) {
        if (!call.draws()) {
            return ArgumentTypes.nestedAsFeatures(context, DataTypes.FLOAT().notNull(), true);
        }
        DataType drawn =
                DataTypes.ROW(
                                DataTypes.FIELD("index", DataTypes.INT().notNull()),
                                DataTypes.FIELD("log_probability", DataTypes.FLOAT().notNull()))
                        .bridgedTo(RowData.class);
        return Optional.of(ArgumentTypes.nullableAsAny(context, drawn));
    }

    private List<DataType> types(List<DataType> given) {
        List<DataType> inferred = new ArrayList<>();
        inferred.add(types.features(given.get(0)));
        for (int i = 0; i < call.positional().size(); i++) {
            DataType type = given.get(1 + i);
            String name = call.positional().get(i);
            inferred.add(call.isNumber(i) ? types.number(type, name) : types.text(type, name));
        }
        inferred.add(types.integer(given.get(seed), "seed"));
        inferred.add(types.id(given.get(id)));
        inferred.add(types.integer(given.get(step), "step"));
        if (given.size() > options) {
            inferred.add(types.options(given.get(options)));
        }
        return inferred;
    }

    /** Nothing can be checked before the layers' own arguments are known. */
    private void checkConstants(CallContext context) {
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < call.positional().size(); i++) {
            Optional<?> value =
                    call.isNumber(i)
                            ? types.constantNumber(context, 1 + i)
                            : types.constant(context, 1 + i, String.class);
            if (value.isEmpty()) {
                return;
            }
            given.add(value.get());
        }
        boolean textIds = ArgumentTypes.isText(context.getArgumentDataTypes().get(id));
        Map<String, String> constantOptions = types.constantOptions(context, options);
        LayerCall.Chain chain =
                call.chain(given, integer(context, seed, "seed"), constantOptions, textIds);
        FeaturesType.of(context.getArgumentDataTypes().get(0).getLogicalType())
                .ifPresent(features -> call.requireOneShape(chain, features));
        KeyedTransform transform = chain.transform();
        long constantStep = integer(context, step, "step");
        if (textIds) {
            transform.check(types.constant(context, id, String.class).orElse(""), constantStep);
        } else {
            transform.check(integer(context, id, "id"), constantStep);
        }
    }

    private long integer(CallContext context, int position, String name) {
        return types.constantInteger(context, position, name).orElse(ANY_INTEGER);
    }
}
