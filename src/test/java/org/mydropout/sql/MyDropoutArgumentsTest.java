package org.mydropout.sql;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.CHAR;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.NULL;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link MyDropoutArguments}, without a planner. */
class MyDropoutArgumentsTest {

    private static final MyDropoutArguments STRATEGY = new MyDropoutArguments();

    private static final DataType FEATURES = ARRAY(FLOAT()).notNull();
    private static final Argument VECTOR = column(FEATURES);
    private static final Argument RATE = rate("0.5");
    private static final Argument NUMBER = column(BIGINT().notNull());
    private static final Argument NAME = column(STRING().notNull());

    static Stream<Arguments> givesTheTypesThatTheFunctionTakes() {
        return Stream.of(
                arguments(
                        Call.of(VECTOR, column(INT()), column(TINYINT()), NUMBER, NUMBER),
                        List.of(
                                FEATURES,
                                DOUBLE().nullable(),
                                BIGINT().nullable(),
                                BIGINT().notNull(),
                                BIGINT().notNull())),
                arguments(
                        Call.of(
                                VECTOR,
                                column(DECIMAL(15, 15).notNull()),
                                NUMBER,
                                column(CHAR(3).notNull()),
                                NUMBER),
                        List.of(
                                FEATURES,
                                DOUBLE().notNull(),
                                BIGINT().notNull(),
                                STRING().notNull(),
                                BIGINT().notNull())),
                arguments(
                        Call.of(
                                column(NULL()),
                                column(NULL()),
                                column(NULL()),
                                column(NULL()),
                                column(NULL()),
                                column(NULL())),
                        List.of(
                                ARRAY(FLOAT()),
                                DOUBLE(),
                                BIGINT(),
                                BIGINT(),
                                BIGINT(),
                                MAP(STRING(), STRING()))));
    }

    @ParameterizedTest
    @MethodSource
    void givesTheTypesThatTheFunctionTakes(Call call, List<DataType> expected) {
        List<DataType> types = STRATEGY.inferInputTypes(call, true).orElseThrow();

        assertThat(types)
                .extracting(DataType::getLogicalType)
                .isEqualTo(expected.stream().map(DataType::getLogicalType).toList());
        assertThat(types.get(0).getConversionClass()).isEqualTo(ArrayData.class);
        if (types.size() == 6) {
            assertThat(types.get(5).getConversionClass()).isEqualTo(MapData.class);
        }
    }

    static Stream<Arguments> refusesOtherTypes() {
        String features =
                "The features of MYDROPOUT must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or"
                        + " TINYINT, or nested ARRAYs, but are %s; CAST(... AS ARRAY<FLOAT>) makes one.";
        String rate =
                "The rate of MYDROPOUT must be a DOUBLE, or a DECIMAL of at most 15 digits, or an"
                        + " integer, but is %s.";
        String integer = "The %s of MYDROPOUT must be an integer of at most 64 bits, but is %s.";
        String options = "The options of MYDROPOUT must be a MAP<STRING, STRING>, but are %s.";
        return Stream.of(
                arguments(
                        Call.of(column(ARRAY(BIGINT())), RATE, NUMBER, NUMBER, NUMBER),
                        features.formatted("ARRAY<BIGINT>")),
                arguments(
                        Call.of(column(FLOAT()), RATE, NUMBER, NUMBER, NUMBER),
                        features.formatted("FLOAT")),
                arguments(
                        Call.of(VECTOR, column(FLOAT()), NUMBER, NUMBER, NUMBER),
                        rate.formatted("FLOAT")),
                arguments(
                        Call.of(VECTOR, column(DECIMAL(16, 16)), NUMBER, NUMBER, NUMBER),
                        rate.formatted("DECIMAL(16, 16)")),
                arguments(
                        Call.of(VECTOR, RATE, column(DOUBLE()), NUMBER, NUMBER),
                        integer.formatted("seed", "DOUBLE")),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, column(DOUBLE()), NUMBER),
                        "The id of MYDROPOUT must be an integer of at most 64 bits, or a string,"
                                + " but is DOUBLE."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NAME),
                        integer.formatted("step", "STRING NOT NULL")),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, NAME),
                        options.formatted("STRING NOT NULL")),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, column(MAP(STRING(), INT()))),
                        options.formatted("MAP<STRING, INT>")));
    }

    static Stream<Arguments> refusesWrongConstants() {
        return Stream.of(
                arguments(
                        Call.of(VECTOR, rate("1.5"), NUMBER, NUMBER, NUMBER),
                        "dropout.rate must be a number from 0 to 1"),
                arguments(
                        Call.of(VECTOR, RATE, decimal("9223372036854775808"), NUMBER, NUMBER),
                        "The seed of MYDROPOUT must be an integer of at most 64 bits, but is"
                                + " 9223372036854775808."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, decimal("-9223372036854775809"), NUMBER),
                        "The id of MYDROPOUT must be an integer of at most 64 bits, but is"
                                + " -9223372036854775809."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, decimal("1E20")),
                        "The step of MYDROPOUT must be an integer of at most 64 bits, but is"
                                + " 100000000000000000000."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, decimal("-1"), NUMBER),
                        "The id of a record must be from 0 to 4294967295"),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, text("\ud800"), NUMBER),
                        "The id of a record must have a UTF-8 form"),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, decimal("4294967296")),
                        "The step of a record must be from 0 to 4294967295"),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NAME, decimal("-1")),
                        "The step of a record must be from 0 to 4294967295"),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, options("flavour", "raw")),
                        "'flavour' is not an option of MYDROPOUT; the nearest that is one is"
                                + " 'flavor'."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, options("seed", "1")),
                        "The options of MYDROPOUT must not have 'seed': it is an argument."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, options("key-reuse", "fail")),
                        "The options of MYDROPOUT must not have 'key-reuse': the step is an"
                                + " argument, and the function keeps no state."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, options("id-type", "string")),
                        "The id of MYDROPOUT must be a string when id-type is string, but is an"
                                + " integer."),
                arguments(
                        Call.of(VECTOR, RATE, NUMBER, NAME, NUMBER, options("id-type", "uint32")),
                        "The id of MYDROPOUT must be an integer when id-type is uint32, but is a"
                                + " string."));
    }

    @ParameterizedTest
    @MethodSource({"refusesOtherTypes", "refusesWrongConstants"})
    void refusesWithASentence(Call call, String message) {
        assertThatThrownBy(() -> STRATEGY.inferInputTypes(call, true))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith(message);
        assertThat(STRATEGY.inferInputTypes(call, false)).isEmpty();
    }

    static Stream<Call> takesConstantsAtTheEndsOfTheirRanges() {
        return Stream.of(
                Call.of(VECTOR, rate("1"), decimal("-9223372036854775808"), NUMBER, NUMBER),
                Call.of(VECTOR, rate("0"), decimal("9223372036854775807"), NUMBER, NUMBER),
                Call.of(VECTOR, RATE, NUMBER, decimal("4294967295"), decimal("4294967295")),
                Call.of(
                        VECTOR,
                        RATE,
                        NUMBER,
                        decimal("-1"),
                        decimal("0"),
                        options("id-type", "uint64")),
                Call.of(VECTOR, RATE, NUMBER, text(""), NUMBER));
    }

    @ParameterizedTest
    @MethodSource
    void takesConstantsAtTheEndsOfTheirRanges(Call call) {
        assertThat(STRATEGY.inferInputTypes(call, true)).isPresent();
    }

    /** NULL literals and columns have no value. */
    @Test
    void takesWhatIsNotConstant() {
        Argument none = new Argument(BIGINT(), true, Optional.empty());

        assertThat(STRATEGY.inferInputTypes(Call.of(VECTOR, none, none, none, none), true))
                .isPresent();
        assertThat(
                        STRATEGY.inferInputTypes(
                                Call.of(
                                        VECTOR,
                                        column(DOUBLE()),
                                        NUMBER,
                                        NAME,
                                        NUMBER,
                                        column(MAP(STRING(), STRING()))),
                                true))
                .isPresent();
    }

    static Stream<Arguments> hasANullableResultWhereAnArgumentIs() {
        Argument options = column(MAP(STRING(), STRING()));
        return Stream.of(
                arguments(Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER), false),
                arguments(Call.of(column(ARRAY(FLOAT())), RATE, NUMBER, NUMBER, NUMBER), true),
                arguments(Call.of(VECTOR, RATE, column(BIGINT()), NUMBER, NUMBER), true),
                arguments(Call.of(VECTOR, RATE, NUMBER, NUMBER, NUMBER, options), true));
    }

    @ParameterizedTest
    @MethodSource
    void hasANullableResultWhereAnArgumentIs(Call call, boolean nullable) {
        DataType result = MyDropoutArguments.resultType(call).orElseThrow();

        assertThat(result.getLogicalType()).isEqualTo(FEATURES.getLogicalType().copy(nullable));
        assertThat(result.getConversionClass()).isEqualTo(ArrayData.class);
    }

    @Test
    void takesFiveOrSixArguments() {
        assertThat(STRATEGY.getArgumentCount().getMinCount()).contains(5);
        assertThat(STRATEGY.getArgumentCount().getMaxCount()).contains(6);
    }

    @Test
    void showsBothSignatures() {
        List<List<String>> names =
                STRATEGY.getExpectedSignatures(new MyDropoutFunction()).stream()
                        .map(MyDropoutArgumentsTest::names)
                        .toList();

        assertThat(names)
                .containsExactly(
                        List.of("features", "rate", "seed", "id", "step"),
                        List.of("features", "rate", "seed", "id", "step", "options"));
    }

    private static List<String> names(Signature signature) {
        return signature.getArguments().stream()
                .map(argument -> argument.getName().orElseThrow())
                .toList();
    }

    private static Argument column(DataType type) {
        return new Argument(type, false, Optional.empty());
    }

    private static Argument literal(DataType type, Object value) {
        return new Argument(type, true, Optional.of(value));
    }

    private static Argument rate(String value) {
        return literal(DOUBLE().notNull(), new BigDecimal(value));
    }

    private static Argument decimal(String value) {
        return literal(BIGINT().notNull(), new BigDecimal(value));
    }

    private static Argument text(String value) {
        return literal(STRING().notNull(), value);
    }

    private static Argument options(String name, String value) {
        return literal(MAP(STRING(), STRING()).notNull(), Map.of(name, value));
    }

    /** An argument of a call: a column or a literal. */
    record Argument(DataType type, boolean isLiteral, Optional<Object> value) {}

    /** A call as Flink's planner presents it. */
    record Call(List<Argument> arguments) implements CallContext {

        static Call of(Argument... arguments) {
            return new Call(List.of(arguments));
        }

        @Override
        public DataTypeFactory getDataTypeFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FunctionDefinition getFunctionDefinition() {
            return new MyDropoutFunction();
        }

        @Override
        public boolean isArgumentLiteral(int position) {
            return arguments.get(position).isLiteral();
        }

        @Override
        public boolean isArgumentNull(int position) {
            return isArgumentLiteral(position) && arguments.get(position).value().isEmpty();
        }

        @Override
        public <T> Optional<T> getArgumentValue(int position, Class<T> type) {
            return arguments.get(position).value().map(type::cast);
        }

        @Override
        public String getName() {
            return "MYDROPOUT";
        }

        @Override
        public List<DataType> getArgumentDataTypes() {
            return arguments.stream().map(Argument::type).toList();
        }

        @Override
        public Optional<DataType> getOutputDataType() {
            return Optional.empty();
        }

        @Override
        public boolean isGroupedAggregation() {
            return false;
        }
    }
}
