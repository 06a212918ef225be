package org.mydropout.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.Signature.Argument;
import org.mydropout.kernel.layer.KeyedTransform;

/**
 * Checks the types and the constant values of a call of {@link MyDropoutFunction} or {@link
 * MyDropoutMaskFunction}.
 */
@Internal
final class MyDropoutArguments implements InputTypeStrategy {

    private static final int FEATURES = 0;
    private static final int RATE = 1;
    private static final int SEED = 2;
    private static final int ID = 3;
    private static final int STEP = 4;
    private static final int OPTIONS = 5;

    /** A rate that stands for one that is not constant. */
    private static final double ANY_RATE = 0.5;

    private static final long ANY_INTEGER = 0;

    private static final ArgumentTypes TYPES = new ArgumentTypes(MyDropoutOptions.FUNCTION);

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.between(OPTIONS, OPTIONS + 1);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        return ArgumentTypes.inferred(
                throwOnFailure,
                () -> {
                    List<DataType> types = types(call.getArgumentDataTypes());
                    checkConstants(call);
                    return types;
                });
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        Argument[] required = {
            Argument.of("features", ArgumentTypes.FEATURES),
            Argument.of("rate", "DOUBLE"),
            Argument.of("seed", "BIGINT"),
            Argument.of("id", "BIGINT | STRING"),
            Argument.of("step", "BIGINT")
        };
        List<Argument> all = new ArrayList<>(List.of(required));
        all.add(Argument.of("options", "MAP<STRING, STRING>"));
        return List.of(Signature.of(required), Signature.of(all));
    }

    /** The type of the result of {@link MyDropoutFunction}. */
    static Optional<DataType> resultType(CallContext call) {
        return ArgumentTypes.nestedAsFeatures(call, DataTypes.FLOAT().notNull(), true);
    }

    /** The type of the result of {@link MyDropoutMaskFunction}. */
    static Optional<DataType> maskType(CallContext call) {
        return ArgumentTypes.nestedAsFeatures(call, DataTypes.BOOLEAN().notNull(), false);
    }

    private static List<DataType> types(List<DataType> given) {
        List<DataType> types = new ArrayList<>();
        types.add(TYPES.features(given.get(FEATURES)));
        types.add(TYPES.number(given.get(RATE), "rate"));
        types.add(TYPES.integer(given.get(SEED), "seed"));
        types.add(TYPES.id(given.get(ID)));
        types.add(TYPES.integer(given.get(STEP), "step"));
        if (given.size() > OPTIONS) {
            types.add(TYPES.options(given.get(OPTIONS)));
        }
        return types;
    }

    private static void checkConstants(CallContext call) {
        boolean textIds = ArgumentTypes.isText(call.getArgumentDataTypes().get(ID));
        double rate = TYPES.constantNumber(call, RATE).orElse(ANY_RATE);
        Map<String, String> options = TYPES.constantOptions(call, OPTIONS);
        KeyedTransform transform =
                MyDropoutOptions.of(rate, integer(call, SEED, "seed"), options, textIds)
                        .transform();
        long step = integer(call, STEP, "step");
        if (textIds) {
            transform.check(TYPES.constant(call, ID, String.class).orElse(""), step);
        } else {
            transform.check(integer(call, ID, "id"), step);
        }
    }

    private static long integer(CallContext call, int position, String name) {
        return TYPES.constantInteger(call, position, name).orElse(ANY_INTEGER);
    }
}
