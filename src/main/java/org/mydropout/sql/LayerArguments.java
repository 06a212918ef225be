package org.mydropout.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
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
import org.mydropout.kernel.layer.LayerField;
import org.mydropout.kernel.layer.LayerResult;

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

    /**
     * A vector, or a row of it and of what the layers give beside it; NULL where an argument is.
     */
    Optional<DataType> resultType(CallContext context) {
        Optional<DataType> vector =
                ArgumentTypes.nestedAsFeatures(context, DataTypes.FLOAT().notNull(), true);
        LayerResult result = call.result();
        if (result.fields().isEmpty()) {
            return vector;
        }
        List<Field> fields = new ArrayList<>();
        if (result.hasVector()) {
            fields.add(DataTypes.FIELD("features", vector.orElseThrow().notNull()));
        }
        result.fields().forEach(field -> fields.add(DataTypes.FIELD(field.name(), type(field))));
        DataType row = DataTypes.ROW(fields).bridgedTo(RowData.class);
        return Optional.of(ArgumentTypes.nullableAsAny(context, row));
    }

    /** The plan of a call whose arguments but features, id and step are constant. */
    Optional<LayerPlan> plan(CallContext context) {
        boolean isConstant =
                IntStream.rangeClosed(1, seed).allMatch(i -> isConstant(context, i))
                        && isConstantOrMissing(context, options);
        Optional<List<Object>> given = given(context);
        return isConstant && given.isPresent()
                ? Optional.of(plan(context, given.get()))
                : Optional.empty();
    }

    private static DataType type(LayerField field) {
        DataType type =
                switch (field.kind()) {
                    case INTEGER -> DataTypes.INT();
                    case NUMBER -> DataTypes.FLOAT();
                    case REFERENCE_ID -> DataTypes.STRING();
                };
        return field.always() ? type.notNull() : type;
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
        requireConstants(context);
        Optional<List<Object>> given = given(context);
        if (given.isEmpty()) {
            return;
        }
        LayerPlan.Chain chain = plan(context, given.get()).chain();
        FeaturesType.of(context.getArgumentDataTypes().get(0).getLogicalType())
                .ifPresent(features -> call.requireOneShape(chain, features));
        KeyedTransform transform = chain.transform();
        long constantStep = integer(context, step, "step");
        if (isTextId(context)) {
            transform.check(types.constant(context, id, String.class).orElse(""), constantStep);
        } else {
            transform.check(integer(context, id, "id"), constantStep);
        }
    }

    /** The file of a reference set is read once, when a query is planned. */
    private void requireConstants(CallContext context) {
        for (int i = 1; call.hasReference() && i <= options; i++) {
            if (i != id && i != step && !isConstantOrMissing(context, i)) {
                throw new IllegalArgumentException(
                        "The %s of %s must be a constant, since the file of the reference set is read when a query is planned."
                                .formatted(name(i), call.function()));
            }
        }
    }

    private String name(int position) {
        if (position == options) {
            return "options";
        }
        return position == seed ? "seed" : call.positional().get(position - 1);
    }

    /** The arguments between features and seed; empty unless all are constant and not NULL. */
    private Optional<List<Object>> given(CallContext context) {
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < call.positional().size(); i++) {
            Optional<?> value =
                    call.isNumber(i)
                            ? types.constantNumber(context, 1 + i)
                            : types.constant(context, 1 + i, String.class);
            value.ifPresent(given::add);
        }
        return given.size() == call.positional().size() ? Optional.of(given) : Optional.empty();
    }

    private LayerPlan plan(CallContext context, List<Object> given) {
        return call.plan(
                given,
                integer(context, seed, "seed"),
                types.constantOptions(context, options),
                isTextId(context));
    }

    private boolean isTextId(CallContext context) {
        return ArgumentTypes.isText(context.getArgumentDataTypes().get(id));
    }

    private static boolean isConstantOrMissing(CallContext context, int position) {
        return context.getArgumentDataTypes().size() <= position || isConstant(context, position);
    }

    private static boolean isConstant(CallContext context, int position) {
        return context.isArgumentLiteral(position);
    }

    private long integer(CallContext context, int position, String name) {
        return types.constantInteger(context, position, name).orElse(ANY_INTEGER);
    }
}
