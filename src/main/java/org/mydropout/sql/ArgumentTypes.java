package org.mydropout.sql;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Checks the types of a function's arguments, and reads those that are constant. What is wrong is
 * an {@link IllegalArgumentException} that names function and argument.
 *
 * @param function the name, as in {@code MYDROPOUT}
 */
@Internal
record ArgumentTypes(String function) {

    /** The features as they are shown to a user. */
    static final String FEATURES = "ARRAY<FLOAT | DOUBLE | INT | SMALLINT | TINYINT | ARRAY<...>>";

    /** A double can represent any decimal number of this many digits uniquely. */
    private static final int EXACT_DIGITS = 15;

    /**
     * What {@link org.apache.flink.table.types.inference.InputTypeStrategy#inferInputTypes} gives.
     *
     * @param inference infers the types, or throws an IllegalArgumentException
     */
    static Optional<List<DataType>> inferred(
            boolean throwOnFailure, Supplier<List<DataType>> inference) {
        try {
            return Optional.of(inference.get());
        } catch (IllegalArgumentException e) {
            if (throwOnFailure) {
                throw new ValidationException(e.getMessage(), e);
            }
            return Optional.empty();
        }
    }

    /** The type of a result that is NULL if any argument is. */
    static DataType nullableAsAny(CallContext call, DataType result) {
        boolean nullable =
                call.getArgumentDataTypes().stream()
                        .anyMatch(type -> type.getLogicalType().isNullable());
        return nullable ? result.nullable() : result.notNull();
    }

    /**
     * The type of arrays that are nested as the features of a call, the first argument; nullable as
     * any argument is.
     *
     * @param element the type of the elements, not nullable
     * @param nullableAsGiven whether elements are nullable where those of the features are
     */
    static Optional<DataType> nestedAsFeatures(
            CallContext call, DataType element, boolean nullableAsGiven) {
        LogicalType features = call.getArgumentDataTypes().get(0).getLogicalType();
        return Optional.of(
                nullableAsAny(call, FeaturesType.nestedAs(features, element, nullableAsGiven))
                        .bridgedTo(ArrayData.class));
    }

    /** Takes the features as {@link ArrayData}, whose elements are not boxed. */
    DataType features(DataType given) {
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return DataTypes.ARRAY(DataTypes.FLOAT()).bridgedTo(ArrayData.class);
        }
        if (FeaturesType.of(type).isEmpty()) {
            throw new IllegalArgumentException(
                    ("The features of %s must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or"
                                    + " TINYINT, or nested ARRAYs, but are %s; %s makes one.")
                            .formatted(
                                    function,
                                    type.asSummaryString(),
                                    type.is(LogicalTypeRoot.ROW)
                                            ? "ARRAY[r.a, r.b, ...] of the fields of a ROW r"
                                            : "CAST(... AS ARRAY<FLOAT>)"));
        }
        return given.bridgedTo(ArrayData.class);
    }

    DataType number(DataType given, String name) {
        return scalar(
                given,
                DataTypes.DOUBLE(),
                ArgumentTypes::isExactAsDouble,
                name,
                "a DOUBLE, or a DECIMAL of at most 15 digits, or an integer");
    }

    DataType integer(DataType given, String name) {
        return integer(given, name, "an integer of at most 64 bits");
    }

    DataType id(DataType given) {
        return isText(given)
                ? text(given, "id")
                : integer(given, "id", "an integer of at most 64 bits, or a string");
    }

    DataType text(DataType given, String name) {
        return scalar(
                given,
                DataTypes.STRING(),
                type -> type.is(LogicalTypeFamily.CHARACTER_STRING),
                name,
                "a string");
    }

    DataType options(DataType given) {
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()).bridgedTo(MapData.class);
        }
        if (!type.is(LogicalTypeRoot.MAP)
                || !type.getChildren().stream()
                        .allMatch(child -> child.is(LogicalTypeFamily.CHARACTER_STRING))) {
            throw new IllegalArgumentException(
                    "The options of %s must be a MAP<STRING, STRING>, but are %s."
                            .formatted(function, type.asSummaryString()));
        }
        return given.bridgedTo(MapData.class);
    }

    /** The value of a constant; empty if it is none, or NULL. */
    <T> Optional<T> constant(CallContext call, int position, Class<T> type) {
        return call.isArgumentLiteral(position) && !call.isArgumentNull(position)
                ? call.getArgumentValue(position, type)
                : Optional.empty();
    }

    Optional<Double> constantNumber(CallContext call, int position) {
        return constant(call, position, BigDecimal.class).map(BigDecimal::doubleValue);
    }

    Optional<Long> constantInteger(CallContext call, int position, String name) {
        Optional<BigDecimal> value = constant(call, position, BigDecimal.class);
        if (value.isPresent() && value.get().toBigInteger().bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException(
                    "The %s of %s must be an integer of at most 64 bits, but is %s."
                            .formatted(name, function, value.get().toPlainString()));
        }
        return value.map(BigDecimal::longValue);
    }

    Map<String, String> constantOptions(CallContext call, int position) {
        Map<String, String> options = new LinkedHashMap<>();
        if (call.getArgumentDataTypes().size() > position) {
            constantMap(call, position)
                    .forEach((name, value) -> options.put((String) name, (String) value));
        }
        return options;
    }

    private Map<?, ?> constantMap(CallContext call, int position) {
        try {
            return constant(call, position, Map.class).orElse(Map.of());
        } catch (AssertionError e) {
            // When Flink 2.3 generates code, it treats each MAP[...] as a literal, even if it
            // contains columns (OperatorBindingCallContext.isMapConstructor).
            return Map.of();
        }
    }

    static boolean isText(DataType given) {
        return given.getLogicalType().is(LogicalTypeFamily.CHARACTER_STRING);
    }

    private DataType integer(DataType given, String name, String rule) {
        return scalar(
                given,
                DataTypes.BIGINT(),
                type -> type.is(LogicalTypeFamily.INTEGER_NUMERIC),
                name,
                rule);
    }

    private DataType scalar(
            DataType given,
            DataType wanted,
            Predicate<LogicalType> accepted,
            String name,
            String rule) {
        LogicalType type = given.getLogicalType();
        if (!type.is(LogicalTypeRoot.NULL) && !accepted.test(type)) {
            throw new IllegalArgumentException(
                    "The %s of %s must be %s, but is %s."
                            .formatted(name, function, rule, type.asSummaryString()));
        }
        return type.isNullable() ? wanted.nullable() : wanted.notNull();
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
}
