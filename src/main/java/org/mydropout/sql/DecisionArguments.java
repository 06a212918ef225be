package org.mydropout.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.Signature.Argument;

/**
 * Checks a call of {@link SampleFunction} or {@link SplitFunction}.
 *
 * @param count how many arguments there are
 * @param shown the arguments as they are shown to a user
 * @param types infers the types that the function takes, or throws an IllegalArgumentException
 * @param constants checks what is constant, or throws an IllegalArgumentException
 */
@Internal
record DecisionArguments(
        ArgumentCount count,
        List<String> shown,
        UnaryOperator<List<DataType>> types,
        Consumer<CallContext> constants)
        implements InputTypeStrategy {

    @Override
    public ArgumentCount getArgumentCount() {
        return count;
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext context, boolean throwOnFailure) {
        return ArgumentTypes.inferred(
                throwOnFailure,
                () -> {
                    List<DataType> inferred = types.apply(context.getArgumentDataTypes());
                    constants.accept(context);
                    return inferred;
                });
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(Signature.of(shown.stream().map(Argument::of).toList()));
    }
}
