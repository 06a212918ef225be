package org.mydropout.sql;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;
import static org.apache.flink.table.api.Expressions.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mydropout.sql.TestTables.bits;
import static org.mydropout.sql.TestTables.collect;
import static org.mydropout.sql.TestTables.environment;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.GoldenCase;
import org.mydropout.flink.GoldenCase.GoldenRecord;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.flax.IdType;

/** Tests for {@link MyDropoutFunction} and {@link MyDropoutModule}, in queries on a cluster. */
class MyDropoutFunctionITCase {

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestTables.cluster();

    private static final TypeInformation<?> NULLABLE = Types.OBJECT_ARRAY(Types.FLOAT);
    private static final TypeInformation<?> NOT_NULL = Types.PRIMITIVE_ARRAY(Types.FLOAT);

    /** A table for planning, which is not read. */
    private static final String VECTORS =
            "CREATE TEMPORARY TABLE vectors (v ARRAY<FLOAT>) WITH ('connector' = 'datagen')";

    private static final String VECTOR = "CAST(ARRAY[1, 2, 3, 4] AS ARRAY<FLOAT>)";

    @ParameterizedTest
    @CsvSource({"STREAMING, true", "STREAMING, false", "BATCH, true", "BATCH, false"})
    void equalsFlaxOnEveryGoldenRecord(RuntimeExecutionMode mode, boolean nullableElements) {
        List<GoldenCase> cases = GoldenCase.all().toList();
        List<Row> rows = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        Map<String, float[]> expected = new HashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            for (GoldenRecord goldenRecord : cases.get(i).records()) {
                String name = i + "/" + expected.size();
                expected.put(name, goldenRecord.expected().values());
                rows.add(row(i, name, cases.get(i), goldenRecord, nullableElements));
            }
            queries.add(query(i, cases.get(i)));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        StreamTableEnvironment tables = environment(env, mode);
        TypeInformation<Row> type =
                Types.ROW_NAMED(
                        new String[] {"golden_case", "name", "text_id", "id", "step", "features"},
                        Types.INT,
                        Types.STRING,
                        Types.STRING,
                        Types.LONG,
                        Types.LONG,
                        nullableElements ? NULLABLE : NOT_NULL);
        tables.createTemporaryView("golden", env.fromData(type, rows.toArray(Row[]::new)));

        List<Row> results = collect(tables, String.join(" UNION ALL ", queries));

        assertThat(results)
                .extracting(result -> result.<String>getFieldAs(0))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (Row result : results) {
            String name = result.getFieldAs(0);
            assertThat(bits(result.getField(1))).as(name).isEqualTo(bits(expected.get(name)));
        }
    }

    /**
     * Every element counts as its nearest float32: 0.1 as DOUBLE is that as FLOAT, 2^24 + 1 is
     * 2^24.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARRAY<DOUBLE>       | 1, 0.1, -2.5, 16777217",
                "ARRAY<INT>          | 1, 7, -2, 16777217",
                "ARRAY<SMALLINT>     | 1, 7, -2, 32767",
                "ARRAY<TINYINT>      | 1, 7, -2, 127"
            })
    void takesOtherNumbersAsTheirNearestFloat32(String type, String values) {
        StreamTableEnvironment tables = environment();
        String query =
                """
                SELECT MYDROPOUT(v, 0.5, 42, id, 0), MYDROPOUT(CAST(v AS ARRAY<FLOAT>), 0.5, 42, id, 0),
                  MYDROPOUT_MASK(v, 0.5, 42, id, 0)
                FROM (SELECT id, CAST(ARRAY[%s] AS %s) AS v FROM (VALUES (1), (2), (3)) AS t (id))
                """
                        .formatted(values, type);

        List<Row> rows = collect(tables, query);

        assertThat(rows).hasSize(3);
        for (Row row : rows) {
            int[] bits = bits(row.getField(0));
            assertThat(bits).isEqualTo(bits(row.getField(1)));
            boolean[] dropped = new boolean[bits.length];
            boolean[] notKept = new boolean[bits.length];
            for (int i = 0; i < bits.length; i++) {
                dropped[i] = bits[i] == 0;
                notKept[i] = !(Boolean) Array.get(row.getField(2), i);
            }
            assertThat(notKept).isEqualTo(dropped);
        }
        assertThat(rows.stream().map(row -> Arrays.toString(bits(row.getField(0)))).distinct())
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CAST(NULL AS ARRAY<DOUBLE>), 0.5, 42, 1, 0",
                "ARRAY[1], 0.5, 42, CAST(NULL AS BIGINT), 0",
                "NULL, 0.5, 42, 1, 0",
                "ARRAY[1], 0.5, 42, 1, 0, CAST(NULL AS MAP<STRING, STRING>)"
            })
    void givesNullForANullArgument(String arguments) {
        List<Row> rows =
                collect(
                        environment(),
                        "SELECT MYDROPOUT(%1$s), MYDROPOUT_MASK(%1$s)".formatted(arguments));

        assertThat(rows).containsExactly(Row.of(null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARRAY[1e0, CAST(NULL AS DOUBLE)], 0.5, 42, 1, 0 | The features of MYDROPOUT must not have NULL elements, but element 1 of id 1 and step 0 is NULL.",
                "ARRAY[1e0, -1e39], 0.5, 42, 1, 0 | The features of MYDROPOUT must fit float32, at most 3.4028235E38 in size, but element 1 of id 1 and step 0 is -1.0E39."
            })
    void refusesElementsThatAreNoFloat32(String arguments, String message) {
        for (String function : List.of("MYDROPOUT", "MYDROPOUT_MASK")) {
            assertThatThrownBy(
                            () ->
                                    collect(
                                            environment(),
                                            "SELECT %s(%s)".formatted(function, arguments)))
                    .rootCause()
                    .hasMessageContaining(message);
        }
    }

    private static Row row(
            int index, String name, GoldenCase golden, GoldenRecord given, boolean nullable) {
        boolean text = golden.config().idType() == IdType.STRING;
        String id = given.input().id();
        float[] values = given.input().values();
        return Row.of(
                index,
                name,
                text ? id : null,
                text ? null : new BigInteger(id).longValue(),
                given.input().step(),
                nullable ? boxed(values) : values);
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    private static String query(int index, GoldenCase golden) {
        Map<String, String> options = new TreeMap<>(golden.options());
        options.keySet().removeAll(List.of("dropout.rate", "dropout.seed"));
        String map =
                options.entrySet().stream()
                        .map(
                                option ->
                                        "'%s', '%s'"
                                                .formatted(
                                                        option.getKey().replace("dropout.", ""),
                                                        option.getValue()))
                        .collect(Collectors.joining(", "));
        return "SELECT name, MYDROPOUT(features, %sE0, %d, %s, step, MAP[%s]) FROM golden WHERE golden_case = %d"
                .formatted(
                        golden.config().rate(),
                        golden.config().seed(),
                        golden.config().idType() == IdType.STRING ? "text_id" : "id",
                        map,
                        index);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void equalsTheOperator(RuntimeExecutionMode mode) throws Exception {
        FeatureVector[] inputs =
                LongStream.range(0, 200).mapToObj(i -> input(i)).toArray(FeatureVector[]::new);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(mode);
        DropoutConfig config = DropoutConfig.builder().rate(0.3).seed(-5).build();
        List<FeatureVector> expected =
                CollectionUtil.iteratorToList(
                        env.fromData(inputs)
                                .keyBy(FeatureVector::id)
                                .map(new DropoutMapFunction<>(config, FeatureVector.ACCESSOR))
                                .executeAndCollect());
        StreamTableEnvironment tables = environment(env, mode);
        Row[] rows =
                List.of(inputs).stream()
                        .map(input -> Row.of(input.id(), input.step(), input.values()))
                        .toArray(Row[]::new);
        tables.createTemporaryView(
                "inputs",
                env.fromData(
                        Types.ROW_NAMED(
                                new String[] {"id", "step", "features"},
                                Types.LONG,
                                Types.LONG,
                                NOT_NULL),
                        rows));

        List<Row> results =
                collect(
                        tables,
                        "SELECT id, step, MYDROPOUT(features, 0.3, -5, id, step) FROM inputs");

        assertThat(results)
                .extracting(
                        row ->
                                new FeatureVector(
                                        row.getFieldAs(0),
                                        row.getFieldAs(1),
                                        TestTables.floats(row.getField(2))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static FeatureVector input(long index) {
        float[] values = new float[(int) index % 70];
        for (int i = 0; i < values.length; i++) {
            values[i] = (index + i + 1) / 7f;
        }
        return new FeatureVector(index % 13, index / 13, values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TINYINT", "SMALLINT", "INT", "BIGINT"})
    void takesAnIntegerOfAnyTypeForTheSameIdStepAndSeed(String type) {
        String query =
                "SELECT MYDROPOUT(%s, 0.5, CAST(x AS %s), CAST(x AS %s), CAST(x AS %s))"
                        + " FROM (VALUES 1, 2, 3, 4, 5, 6, 7) AS t(x)";

        assertThat(vectors(query.formatted(VECTOR, type, type, type)))
                .isEqualTo(vectors(query.formatted(VECTOR, "BIGINT", "BIGINT", "BIGINT")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'ab'", "CAST('ab' AS CHAR(2))", "CAST(s AS VARCHAR(5))", "s"})
    void takesATextOfAnyTypeForTheSameId(String id) {
        String query =
                "SELECT MYDROPOUT(%s, 0.5, x, %s, 0) FROM (VALUES (1, 'ab'), (2, 'ab')) AS t(x, s)";

        assertThat(vectors(query.formatted(VECTOR, id)))
                .isEqualTo(vectors(query.formatted(VECTOR, "CAST('ab' AS STRING)")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "CAST(0.1 AS DECIMAL(15, 8))", "CAST('0.1' AS DOUBLE)", "r"})
    void takesTheNearestDoubleForTheRate(String rate) {
        String query = "SELECT MYDROPOUT(%s, %s, 1, x, 0) FROM (VALUES (3, 0.1)) AS t(x, r)";

        assertThat(vectors(query.formatted(VECTOR, rate)))
                .isEqualTo(vectors(query.formatted(VECTOR, "1E-1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CAST(NULL AS ARRAY<FLOAT>) | 0.5 | 42 | 1 | 2",
                "NULL | 0.5 | 42 | 1 | 2",
                "v | CAST(NULL AS DOUBLE) | 42 | 1 | 2",
                "v | 0.5 | NULL | 1 | 2",
                "v | 0.5 | 42 | CAST(NULL AS STRING) | 2",
                "v | 0.5 | 42 | n | 2",
                "v | 0.5 | 42 | 1 | n",
                "v | 0.5 | 42 | 1 | 2, CAST(NULL AS MAP<STRING, STRING>)"
            })
    void givesNullWhereAnArgumentIsNull(
            String features, String rate, String seed, String id, String step) {
        String query =
                "SELECT MYDROPOUT(%s, %s, %s, %s, %s) FROM (SELECT %s AS v, x AS n FROM"
                        + " (VALUES CAST(NULL AS BIGINT)) AS t(x)) AS u";

        List<Row> rows =
                collect(environment(), query.formatted(features, rate, seed, id, step, VECTOR));

        assertThat(rows).containsExactly(Row.of((Object) null));
    }

    @Test
    void isNullableOnlyWhereAnArgumentIs() {
        StreamTableEnvironment tables = environment();
        String query =
                "SELECT MYDROPOUT(CAST(x AS ARRAY<FLOAT>), 0.5, 1, %s, 0)"
                        + " FROM (VALUES (ARRAY[1, 2])) AS t(x)";

        assertThat(resultType(tables, query.formatted("1"))).isEqualTo("ARRAY<FLOAT> NOT NULL");
        assertThat(resultType(tables, query.formatted("CAST(NULL AS INT)")))
                .isEqualTo("ARRAY<FLOAT>");
    }

    private static String resultType(StreamTableEnvironment tables, String query) {
        LogicalType type =
                tables.sqlQuery(query)
                        .getResolvedSchema()
                        .getColumnDataTypes()
                        .get(0)
                        .getLogicalType();
        return type.asSummaryString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v, 1 + 1, 42, 1, 0 | dropout.rate must be a number from 0 to 1, the probability of a drop, but is 2.0.",
                "v, 0.5, 42, 0 - 1, 0 | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is -1.",
                "v, 1.5, 42, 1, 0 | dropout.rate must be a number from 0 to 1, the probability of a drop, but is 1.5.",
                "v, -0.5, 42, 1, 0 | dropout.rate must be a number from 0 to 1, the probability of a drop, but is -0.5.",
                "v, 1E300, 42, 1, 0 | dropout.rate must be a number from 0 to 1, the probability of a drop, but is 1.0E300.",
                "v, CAST(0.5 AS FLOAT), 42, 1, 0 | The rate of MYDROPOUT must be a DOUBLE, or a DECIMAL of at most 15 digits, or an integer, but is FLOAT NOT NULL.",
                "v, 0.1234567890123456, 42, 1, 0 | The rate of MYDROPOUT must be a DOUBLE, or a DECIMAL of at most 15 digits, or an integer, but is DECIMAL(17, 16) NOT NULL.",
                "v, 0.5, 99999999999999999999, 1, 0 | The seed of MYDROPOUT must be an integer of at most 64 bits, but is 99999999999999999999.",
                "v, 0.5, 4.2, 1, 0 | The seed of MYDROPOUT must be an integer of at most 64 bits, but is DECIMAL(2, 1) NOT NULL.",
                "v, 0.5, 42, -1, 0 | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is -1.",
                "v, 0.5, 42, 4294967296, 0 | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is 4294967296.",
                "v, 0.5, 42, 1.5, 0 | The id of MYDROPOUT must be an integer of at most 64 bits, or a string, but is DECIMAL(2, 1) NOT NULL.",
                "v, 0.5, 42, 1, -1 | The step of a record must be from 0 to 4294967295 when step-type is uint32, but that of id 1 is -1.",
                "v, 0.5, 42, 1, 'a' | The step of MYDROPOUT must be an integer of at most 64 bits, but is CHAR(1) NOT NULL.",
                "ARRAY[1.5], 0.5, 42, 1, 0 | The features of MYDROPOUT must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or TINYINT, or nested ARRAYs, but are ARRAY<DECIMAL(2, 1) NOT NULL> NOT NULL; CAST(... AS ARRAY<FLOAT>) makes one.",
                "ROW(1, 2), 0.5, 42, 1, 0 | The features of MYDROPOUT must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or TINYINT, or nested ARRAYs, but are ROW<`EXPR$0` INT NOT NULL, `EXPR$1` INT NOT NULL> NOT NULL; ARRAY[r.a, r.b, ...] of the fields of a ROW r makes one.",
                "v, 0.5, 42, 1, 0, MAP['flavour', 'raw'] | 'flavour' is not an option of MYDROPOUT; the nearest that is one is 'flavor'.",
                "v, 0.5, 42, 1, 0, MAP['dropout.x64', 'true'] | 'dropout.x64' is not an option of MYDROPOUT; the nearest that is one is 'x64'.",
                "v, 0.5, 42, 1, 0, MAP['flavor', 'raw-ish'] | dropout.flavor must be one of linen, nnx, raw, but is 'raw-ish'.",
                "v, 0.5, 42, 1, 0, MAP['flavor', 'raw', 'module-path', 'A'] | dropout.module-path must not be set where dropout.flavor is raw, which has none, but is [A].",
                "v, 0.5, 42, 1, 0, MAP['rate', '0.5'] | The options of MYDROPOUT must not have 'rate': it is an argument.",
                "v, 0.5, 42, 1, 0, MAP['step-from', 'counter'] | The options of MYDROPOUT must not have 'step-from': the step is an argument, and the function keeps no state.",
                "v, 0.5, 42, 1, 0, MAP['id-type', 'string'] | The id of MYDROPOUT must be a string when id-type is string, but is an integer.",
                "v, 0.5, 42, 'a', 0, MAP['id-type', 'uint64'] | The id of MYDROPOUT must be an integer when id-type is uint64, but is a string.",
                "v, 0.5, 42, 1, 0, MAP['flavor', CAST(NULL AS STRING)] | The options of MYDROPOUT must be names with values, but have flavor = null.",
                "v, 0.5, 42, 1, 0, MAP[1, 2] | The options of MYDROPOUT must be a MAP<STRING, STRING>, but are MAP<INT NOT NULL, INT NOT NULL> NOT NULL.",
            })
    void refusesWrongConstantsWhenAQueryIsPlanned(String arguments, String message) {
        StreamTableEnvironment tables = environment();
        tables.executeSql(VECTORS);
        String query = "SELECT MYDROPOUT(%s) FROM vectors".formatted(arguments);

        assertThatThrownBy(() -> tables.explainSql(query)).rootCause().hasMessage(message);
    }

    /** What the page SQL says of named arguments; a release of Flink may lift the limit. */
    @Test
    void takesNoNamedArguments() {
        StreamTableEnvironment tables = environment();
        tables.executeSql(VECTORS);

        assertThatThrownBy(
                        () ->
                                tables.explainSql(
                                        "SELECT MYDROPOUT(features => v, rate => 0.5, seed => 42,"
                                                + " id => 1, step => 0) FROM vectors"))
                .rootCause()
                .hasMessage(
                        "Unsupported function signature. Function must not be overloaded or use varargs.");
    }

    static Stream<Arguments> refusesWrongConstantsOfTheTableApi() {
        return Stream.of(
                arguments(
                        new Object[] {1.5, 42, 1, 0}, "dropout.rate must be a number from 0 to 1"),
                arguments(new Object[] {0.1f, 42, 1, 0}, "The rate of MYDROPOUT must be a DOUBLE"),
                arguments(new Object[] {0.5, 42, -1L, 0}, "The id of a record must be from 0 to"),
                arguments(
                        new Object[] {0.5, 42, "a", -1}, "The step of a record must be from 0 to"),
                arguments(
                        new Object[] {0.5, 42, 1, 0, map("flavour", "raw")},
                        "'flavour' is not an option of MYDROPOUT"),
                arguments(
                        new Object[] {0.5, 42, 1, 0, Map.of("flavor", "x")},
                        "dropout.flavor must be one of linen, nnx, raw"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWrongConstantsOfTheTableApi(Object[] arguments, String message) {
        StreamTableEnvironment tables = environment();
        tables.executeSql(VECTORS);
        List<Object> all = new ArrayList<>(List.of($("v")));
        all.addAll(List.of(arguments));

        assertThatThrownBy(
                        () ->
                                tables.from("vectors")
                                        .select(call("MYDROPOUT", all.toArray()))
                                        .explain())
                .rootCause()
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5, 42, n, 0 | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is -1.",
                "0.5, 42, 0, n, MAP['id-type', 'uint64'] | The step of a record must be from 0 to 4294967295 when step-type is uint32, but that of id 0 is -1.",
                "n, 42, 0, 0 | dropout.rate must be a number from 0 to 1, the probability of a drop, but is -1.0.",
                "0.5, 42, 0, 0, MAP['flavor', s] | dropout.flavor must be one of linen, nnx, raw, but is 'x'.",
                "0.5, 42, 0, 0, m | 'x' is not an option of MYDROPOUT; the nearest that is one is 'x64'."
            })
    @Timeout(300) // with restarts the job would not end
    void failsTheJobForGoodAtARowThatIsWrong(String arguments, String message) {
        StreamTableEnvironment tables = environment();
        tables.getConfig().set("restart-strategy.type", "fixed-delay");
        tables.getConfig().set("restart-strategy.fixed-delay.attempts", "1000000");
        tables.getConfig().set("restart-strategy.fixed-delay.delay", "1 ms");
        String query =
                "SELECT MYDROPOUT(%s, %s) FROM (SELECT n, s, MAP[s, s] AS m"
                        + " FROM (VALUES (CAST(-1 AS BIGINT), 'x')) AS t(n, s)) AS u";

        assertThatThrownBy(() -> collect(tables, query.formatted(VECTOR, arguments)))
                .rootCause()
                .hasMessageContaining(message);
    }

    /** Rows of two tables: vectors, and the same elements nested. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARRAY<FLOAT> | ARRAY[%s], ARRAY[%s]",
                "ARRAY<DOUBLE> | ARRAY[%s], ARRAY[%s]",
                "ARRAY<INT NOT NULL> NOT NULL | ARRAY[%s], ARRAY[%s]",
                "ARRAY<ARRAY<SMALLINT>> | ARRAY[ARRAY[%s]], ARRAY[ARRAY[%s]]"
            })
    void dropsTheElementsOfNestedArraysAsThoseOfAVector(String type, String rows) {
        StreamTableEnvironment tables = environment();
        String nested =
                "CAST(ARRAY[%s] AS ARRAY<%s>)"
                        .formatted(rows.formatted("x, 2, 3", "4, 5, 6"), type);
        String vector = "CAST(ARRAY[x, 2, 3, 4, 5, 6] AS ARRAY<FLOAT>)";
        String query =
                "SELECT x, %1$s(%2$s, 0.5, 42, x, 0), %1$s(%3$s, 0.5, 42, x, 0)"
                        + " FROM (VALUES 1, 7, 8) AS t(x)";

        List<Row> dropped = collect(tables, query.formatted("MYDROPOUT", nested, vector));
        List<Row> masks = collect(tables, query.formatted("MYDROPOUT_MASK", nested, vector));

        assertThat(dropped).hasSize(3);
        assertThat(masks).hasSize(3);
        int dimensions = type.contains("ARRAY<ARRAY") ? 3 : 2;
        for (Row row : dropped) {
            assertThat(TestTables.depth(row.getField(1))).isEqualTo(dimensions);
            assertThat(bits(TestTables.flat(row.getField(1)))).isEqualTo(bits(row.getField(2)));
        }
        for (Row row : masks) {
            assertThat(TestTables.depth(row.getField(1))).isEqualTo(dimensions);
            assertThat(TestTables.flat(row.getField(1)))
                    .isEqualTo(TestTables.flat(row.getField(2)));
        }
    }

    /** From a file of JSON and back, where Flink reads and writes the arrays. */
    @Test
    void readsAndWritesNestedArraysOfATable(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("in.json"),
                """
                {"id":1,"features":[[1,2],[3,4],[5,6]]}
                {"id":2,"features":[[],[]]}
                {"id":3,"features":[]}
                """);
        StreamTableEnvironment tables = environment();
        tables.executeSql(
                "CREATE TEMPORARY TABLE images (id INT, features ARRAY<ARRAY<FLOAT>>) WITH"
                        + " ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')"
                                .formatted(directory.resolve("in.json")));

        List<Row> rows =
                collect(tables, "SELECT id, MYDROPOUT(features, 0, 42, id, 0) FROM images");

        assertThat(rows)
                .map(Row::toString)
                .containsExactlyInAnyOrder(
                        "+I[1, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]",
                        "+I[2, [[], []]]",
                        "+I[3, []]");
    }

    @Test
    void nestsTheTypeOfTheResultAsTheFeatures() {
        String query =
                "SELECT %s(CAST(x AS ARRAY<ARRAY<INT>>), 0.5, 1, 1, 0) FROM (VALUES"
                        + " (ARRAY[ARRAY[1, 2]])) AS t(x)";

        assertThat(resultType(environment(), query.formatted("MYDROPOUT")))
                .isEqualTo("ARRAY<ARRAY<FLOAT>> NOT NULL");
        assertThat(resultType(environment(), query.formatted("MYDROPOUT_MASK")))
                .isEqualTo("ARRAY<ARRAY<BOOLEAN NOT NULL>> NOT NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARRAY[ARRAY[x, 2], ARRAY[x]] | FLOAT | The features of MYDROPOUT must be nested arrays of one length at each depth, but array [1] of id 1 and step 2 has 1 elements, and an earlier one has 2.",
                "ARRAY[ARRAY[x], CAST(NULL AS ARRAY<INT>)] | FLOAT | The features of MYDROPOUT must not have NULL elements, but element [1] of id 1 and step 2 is NULL.",
                "ARRAY[ARRAY[x, CAST(NULL AS INT)]] | FLOAT | The features of MYDROPOUT must not have NULL elements, but element [0][1] of id 1 and step 2 is NULL.",
                "ARRAY[ARRAY[1], ARRAY[x * 1e39]] | DOUBLE | The features of MYDROPOUT must fit float32, at most 3.4028235E38 in size, but element [1][0] of id 1 and step 2 is 1.0E39."
            })
    void failsTheJobAtNestedArraysWithoutAShape(String features, String type, String message) {
        StreamTableEnvironment tables = environment();
        String query =
                "SELECT MYDROPOUT(CAST(%s AS ARRAY<ARRAY<%s>>), 0.5, 42, 1, 2) FROM (VALUES 1) AS t(x)"
                        .formatted(features, type);

        assertThatThrownBy(() -> collect(tables, query))
                .rootCause()
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
    }

    @Test
    void failsTheJobAtAVectorWithANullElement() {
        StreamTableEnvironment tables = environment();

        assertThatThrownBy(
                        () ->
                                collect(
                                        tables,
                                        "SELECT MYDROPOUT(ARRAY[x, CAST(NULL AS FLOAT)], 0.5, 42, 1, 2)"
                                                + " FROM (VALUES CAST(1 AS FLOAT)) AS t(x)"))
                .rootCause()
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(
                        "The features of MYDROPOUT must not have NULL elements, but element 1 of id"
                                + " 1 and step 2 is NULL.");
    }

    @Test
    void isListedByItsModuleAndGoneWithIt() {
        StreamTableEnvironment tables = environment();
        assertThat(tables.listFunctions()).contains("mydropout");

        tables.executeSql("UNLOAD MODULE mydropout");

        assertThat(tables.listFunctions()).doesNotContain("mydropout");
    }

    @Test
    void refusesAModuleWithOptions() {
        StreamTableEnvironment tables = environment();
        tables.executeSql("UNLOAD MODULE mydropout");

        assertThatThrownBy(() -> tables.executeSql("LOAD MODULE mydropout WITH ('seed' = '1')"))
                .rootCause()
                .hasMessageContaining("seed");
    }

    private static List<String> vectors(String query) {
        return collect(environment(), query).stream().map(Row::toString).sorted().toList();
    }
}
