package org.mydropout.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.Signature.Argument;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
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

    /** A double can represent any decimal number of this many digits uniquely. */
    private static final int EXACT_DIGITS = 15;

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.between(OPTIONS, OPTIONS + 1);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        try {
            List<DataType> types = types(call);
            checkConstants(call);
            return Optional.of(types);
        } catch (IllegalArgumentException e) {
            if (throwOnFailure) {
                throw new ValidationException(e.getMessage(), e);
            }
            return Optional.empty();
        }
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        Argument[] required = {
            Argument.of("features", "ARRAY<FLOAT | DOUBLE | INT | SMALLINT | TINYINT>"),
            Argument.of("rate", "DOUBLE"),
            Argument.of("seed", "BIGINT"),
            Argument.of("id", "BIGINT | STRING"),
            Argument.of("step", "BIGINT")
        };
        List<Argument> all = new ArrayList<>(List.of(required));
        all.add(Argument.of("options", "MAP<STRING, STRING>"));
        return List.of(Signature.of(required), Signature.of(all));
    }

    /** The type of the features, nullable if any argument is nullable. */
    static Optional<DataType> resultType(CallContext call) {
        List<DataType> types = call.getArgumentDataTypes();
        LogicalType features = types.get(FEATURES).getLogicalType();
        boolean hasNullableElements =
                !features.is(LogicalTypeRoot.ARRAY) || features.getChildren().get(0).isNullable();
        return Optional.of(
                withNullabilityOf(
                        types,
                        DataTypes.ARRAY(
                                hasNullableElements
                                        ? DataTypes.FLOAT()
                                        : DataTypes.FLOAT().notNull())));
    }

    /** The type of a mask, nullable if any argument is nullable. */
    static Optional<DataType> maskType(CallContext call) {
        return Optional.of(
                withNullabilityOf(
                        call.getArgumentDataTypes(),
                        DataTypes.ARRAY(DataTypes.BOOLEAN().notNull())));
    }

    private static DataType withNullabilityOf(List<DataType> arguments, DataType result) {
        boolean nullable = arguments.stream().anyMatch(type -> type.getLogicalType().isNullable());
        return (nullable ? result.nullable() : result.notNull()).bridgedTo(ArrayData.class);
    }

    private static List<DataType> types(CallContext call) {
        List<DataType> given = call.getArgumentDataTypes();
        List<DataType> types = new ArrayList<>();
        types.add(features(given.get(FEATURES)));
        types.add(
                scalar(
                        given.get(RATE),
                        DataTypes.DOUBLE(),
                        MyDropoutArguments::isExactAsDouble,
                        "The rate of MYDROPOUT must be a DOUBLE, or a DECIMAL of at most 15 digits,"
                                + " or an integer"));
        types.add(
                integer(
                        given.get(SEED),
                        "The seed of MYDROPOUT must be an integer of at most 64 bits"));
        types.add(
                isText(given.get(ID))
                        ? withNullability(DataTypes.STRING(), given.get(ID))
                        : integer(
                                given.get(ID),
                                "The id of MYDROPOUT must be an integer of at most 64 bits, or a string"));
        types.add(
                integer(
                        given.get(STEP),
                        "The step of MYDROPOUT must be an integer of at most 64 bits"));
        if (given.size() > OPTIONS) {
            types.add(options(given.get(OPTIONS)));
        }
        return types;
    }

    /** Takes the features as {@link ArrayData}, whose elements are not boxed. */
    private static DataType features(DataType given) {
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return DataTypes.ARRAY(DataTypes.FLOAT()).bridgedTo(ArrayData.class);
        }
        if (VectorElement.of(type).isEmpty()) {
            throw new IllegalArgumentException(
                    ("The features of MYDROPOUT must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or"
                                    + " TINYINT, but are %s; CAST(... AS ARRAY<FLOAT>) makes one.")
                            .formatted(type.asSummaryString()));
        }
        return given.bridgedTo(ArrayData.class);
    }

    private static DataType integer(DataType given, String rule) {
        return scalar(
                given,
                DataTypes.BIGINT(),
                type -> type.is(LogicalTypeFamily.INTEGER_NUMERIC),
                rule);
    }

    private static DataType scalar(
            DataType given, DataType wanted, Predicate<LogicalType> accepted, String rule) {
        LogicalType type = given.getLogicalType();
        if (!type.is(LogicalTypeRoot.NULL) && !accepted.test(type)) {
            throw new IllegalArgumentException(
                    "%s, but is %s.".formatted(rule, type.asSummaryString()));
        }
        return withNullability(wanted, given);
    }

    private static DataType options(DataType given) {
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()).bridgedTo(MapData.class);
        }
        if (!type.is(LogicalTypeRoot.MAP)
                || !type.getChildren().stream()
                        .allMatch(child -> child.is(LogicalTypeFamily.CHARACTER_STRING))) {
            throw new IllegalArgumentException(
                    "The options of MYDROPOUT must be a MAP<STRING, STRING>, but are %s."
                            .formatted(type.asSummaryString()));
        }
        return given.bridgedTo(MapData.class);
    }

    private static DataType withNullability(DataType wanted, DataType given) {
        return given.getLogicalType().isNullable() ? wanted.nullable() : wanted.notNull();
    }

    /**
     * A FLOAT is seldom exactly the number in the query. Flink divides a DECIMAL's digits by a
     * power of ten, which gives the nearest double if the digits fit a double.
     */
    private static boolean isExactAsDouble(LogicalType type) {
        return type.is(LogicalTypeRoot.DOUBLE)
                || type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                || (type.is(LogicalTypeRoot.DECIMAL)
                        && LogicalTypeChecks.getPrecision(type) <= EXACT_DIGITS);
    }

    private static boolean isText(DataType given) {
        return given.getLogicalType().is(LogicalTypeFamily.CHARACTER_STRING);
    }

    private static void checkConstants(CallContext call) {
        boolean textIds = isText(call.getArgumentDataTypes().get(ID));
        double rate =
                constant(call, RATE, BigDecimal.class)
                        .map(BigDecimal::doubleValue)
                        .orElse(ANY_RATE);
        KeyedTransform transform =
                MyDropoutOptions.of(
                                rate, integer(call, SEED, "seed"), constantOptions(call), textIds)
                        .transform();
        long step = integer(call, STEP, "step");
        if (textIds) {
            transform.check(constant(call, ID, String.class).orElse(""), step);
        } else {
            transform.check(integer(call, ID, "id"), step);
        }
    }

    private static long integer(CallContext call, int position, String name) {
        BigDecimal value =
                constant(call, position, BigDecimal.class).orElse(BigDecimal.valueOf(ANY_INTEGER));
        if (value.toBigInteger().bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException(
                    "The %s of MYDROPOUT must be an integer of at most 64 bits, but is %s."
                            .formatted(name, value.toPlainString()));
        }
        return value.longValue();
    }

    private static <T> Optional<T> constant(CallContext call, int position, Class<T> type) {
        return call.isArgumentLiteral(position) && !call.isArgumentNull(position)
                ? call.getArgumentValue(position, type)
                : Optional.empty();
    }

    private static Map<String, String> constantOptions(CallContext call) {
        Map<String, String> options = new LinkedHashMap<>();
        if (call.getArgumentDataTypes().size() > OPTIONS) {
            constantMap(call).forEach((name, value) -> options.put((String) name, (String) value));
        }
        return options;
    }

    private static Map<?, ?> constantMap(CallContext call) {
        try {
            return constant(call, OPTIONS, Map.class).orElse(Map.of());
        } catch (AssertionError e) {
            // When Flink 2.3 generates code, it treats each MAP[...] as a literal, even if it
            // contains columns (OperatorBindingCallContext.isMapConstructor).
            return Map.of();
        }
    }
}
