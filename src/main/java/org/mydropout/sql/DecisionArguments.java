package org.mydropout.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
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
        try {
            List<DataType> inferred = types.apply(context.getArgumentDataTypes());
            constants.accept(context);
            return Optional.of(inferred);
        } catch (IllegalArgumentException e) {
            if (throwOnFailure) {
                throw new ValidationException(e.getMessage(), e);
            }
            return Optional.empty();
        }
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(Signature.of(shown.stream().map(Argument::of).toList()));
    }

    /** The type of a result that is NULL where an argument is. */
    static Optional<DataType> resultType(CallContext context, DataType type) {
        boolean nullable =
                context.getArgumentDataTypes().stream()
                        .anyMatch(given -> given.getLogicalType().isNullable());
        return Optional.of(nullable ? type.nullable() : type.notNull());
    }
}
