package org.mydropout.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.sql.TestTables.bits;
import static org.mydropout.sql.TestTables.collect;
import static org.mydropout.sql.TestTables.environment;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutConfigBuilder;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.Shape;

/** Tests for {@link LayerFunction}, in queries on a cluster. */
class LayerFunctionITCase {

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestTables.cluster();

    private static final float[] VALUES = {1.5f, -2, 0.25f, 4, 5, 6, -0.5f, 8, 9, 10, 11, 12};

    private static final String VECTOR =
            "CAST(ARRAY[1.5, -2, 0.25, 4, 5, 6, -0.5, 8, 9, 10, 11, 12] AS ARRAY<FLOAT>)";

    /**
     * Every function that gives a vector, as it is called after the features and with the options
     * of its layer.
     */
    private record Call(
            String function, String given, String options, String type, Map<String, ?> layer) {}

    private static final List<Call> CALLS =
            List.of(
                    new Call("DROPOUT", "0.5", "", "dropout", Map.of("rate", 0.5)),
                    new Call(
                            "DROPOUT",
                            "0.5",
                            ", 'shape', '3x4', 'broadcast-dims', '1'",
                            "dropout",
                            Map.of("rate", 0.5, "broadcast-dims", "1")),
                    new Call(
                            "DROPOUT",
                            "0.5",
                            ", 'flavor', 'nnx'",
                            "dropout",
                            Map.of("rate", 0.5, "flavor", "nnx")),
                    new Call(
                            "STOCHASTIC_DEPTH",
                            "0.5",
                            ", 'form', 'scenic'",
                            "stochastic-depth",
                            Map.of("rate", 0.5, "form", "scenic")),
                    new Call("GAUSSIAN_NOISE", "0.1", "", "gaussian-noise", Map.of("stddev", 0.1)),
                    new Call(
                            "GAUSSIAN_DROPOUT", "0.2", "", "gaussian-dropout", Map.of("rate", 0.2)),
                    new Call(
                            "UNIFORM_NOISE",
                            "-1, 0.5",
                            "",
                            "uniform-noise",
                            Map.of("low", -1.0, "high", 0.5)),
                    new Call("SCALE", "1E0", "", "scale", Map.of("stddev", 1.0)),
                    new Call(
                            "MASK", "0.5", ", 'fill', '7'", "mask", Map.of("rate", 0.5, "fill", 7)),
                    new Call("ERASE", "'2x2'", ", 'shape', '3x4'", "erase", Map.of("size", "2x2")),
                    new Call("CROP", "'2x3'", ", 'shape', '3x4'", "crop", Map.of("size", "2x3")),
                    new Call("ROLL", "'5'", "", "roll", Map.of("max-shift", "5")),
                    new Call("`PERMUTE`", "", "", "permute", Map.of()));

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void equalsTheOperatorForEveryType(RuntimeExecutionMode mode) {
        StreamTableEnvironment tables =
                environment(StreamExecutionEnvironment.getExecutionEnvironment(), mode);
        String queries =
                String.join(
                        " UNION ALL ",
                        IntStream.range(0, CALLS.size())
                                .mapToObj(LayerFunctionITCase::query)
                                .toList());

        List<Row> results = collect(tables, queries);

        assertThat(results).hasSize(2 * CALLS.size());
        for (Row result : results) {
            int index = result.<Integer>getFieldAs(0);
            long id = result.<Integer>getFieldAs(1);
            Call call = CALLS.get(index);
            Shape shape = call.options.contains("shape") ? Shape.of(3, 4) : Shape.vector(12);
            LayerOutput expected =
                    DropoutConfig.builder()
                            .seed(-5)
                            .x64(true)
                            .layer(call.type, call.layer)
                            .build()
                            .transform()
                            .apply(id, 7, VALUES, shape);
            assertThat(bits(result.getField(2)))
                    .as(call.function)
                    .isEqualTo(bits(expected.values()));
        }
    }

    private static String query(int index) {
        Call call = CALLS.get(index);
        return "SELECT %d, id, %s(%s, %s-5, id, 7, MAP['x64', 'true'%s]) FROM (VALUES 1, 2) AS t(id)"
                .formatted(
                        index,
                        call.function,
                        VECTOR,
                        call.given.isEmpty() ? "" : call.given + ", ",
                        call.options);
    }

    /** Nested arrays are what the option shape makes of a vector; a crop is nested, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GAUSSIAN_NOISE | 0.1, | ",
                "DROPOUT | 0.5, | , 'broadcast-dims', '1'",
                "ERASE | '2x2', | ",
                "CROP | '2x3', | ",
                "AUGMENT | '[{type: roll, max-shift: 1x2}, {type: dropout, rate: 0.5}]', | "
            })
    void takesNestedArraysAsAShape(String function, String given, String options) {
        String more = options == null ? "" : options;
        String query =
                "SELECT %1$s(CAST(ARRAY[ARRAY[x, -2, 3, 4], ARRAY[5, 6, 7, 8], ARRAY[9, 10, 11, 12]]"
                        + " AS ARRAY<ARRAY<DOUBLE>>), %2$s 42, 1, 7, MAP['x64', 'true'%3$s]),"
                        + " %1$s(CAST(ARRAY[x, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] AS ARRAY<FLOAT>),"
                        + " %2$s 42, 1, 7, MAP['x64', 'true', 'shape', '3x4'%3$s])"
                        + " FROM (VALUES 1) AS t(x)";

        Row row = collect(environment(), query.formatted(function, given, more)).get(0);

        int[] lengths = function.equals("CROP") ? new int[] {2, 3} : new int[] {3, 4};
        assertThat((Object[]) row.getField(0)).hasSize(lengths[0]);
        for (Object one : (Object[]) row.getField(0)) {
            assertThat(Array.getLength(one)).isEqualTo(lengths[1]);
        }
        assertThat(bits(TestTables.flat(row.getField(0)))).isEqualTo(bits(row.getField(1)));
    }

    @Test
    void appliesSeveralLayers() {
        List<Row> results =
                collect(
                        environment(),
                        ("SELECT AUGMENT(%s, '[{type: gaussian-noise, stddev: 0.1}, {type: dropout,"
                                        + " rate: 0.5}, {type: dropout, rate: 0.5}]', 42, name, 3)"
                                        + " FROM (VALUES 'a') AS t(name)")
                                .formatted(VECTOR));

        LayerOutput expected =
                DropoutConfig.builder()
                        .seed(42)
                        .idType(org.mydropout.kernel.flax.IdType.STRING)
                        .layer("gaussian-noise", Map.of("stddev", 0.1))
                        .layer("dropout", Map.of("rate", 0.5))
                        .layer("dropout", Map.of("rate", 0.5))
                        .build()
                        .transform()
                        .apply("a", 3, VALUES);
        assertThat(bits(results.get(0).getField(0))).isEqualTo(bits(expected.values()));
    }

    @Test
    void drawsAnIndexAndItsProbability() {
        List<Row> results =
                collect(
                        environment(),
                        ("SELECT CATEGORICAL(v, 42, id, 0).index, CATEGORICAL(v, 42, id, 0)"
                                        + ".log_probability, CATEGORICAL(v, 42, id, 0,"
                                        + " MAP['deterministic', 'true', 'top-k', '3']).index"
                                        + " FROM (SELECT %s AS v, id FROM (VALUES 1, 2) AS t(id)) AS u"
                                        + " ORDER BY id LIMIT 2")
                                .formatted(VECTOR));

        for (int i = 0; i < 2; i++) {
            Map<String, Object> expected =
                    DropoutConfig.builder()
                            .seed(42)
                            .layer("categorical", Map.of())
                            .build()
                            .transform()
                            .apply(i + 1L, 0, VALUES)
                            .fields();
            assertThat(results.get(i))
                    .isEqualTo(Row.of(expected.get("index"), expected.get("log_probability"), 11));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "BATCH"})
    void mixesWithTheVectorsOfAFile(RuntimeExecutionMode mode, @TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("reference.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 5)
                        .mapToObj(
                                i ->
                                        "{\"id\":\"é%d\",\"features\":[%d%s]}\n"
                                                .formatted(i, i, ",1".repeat(11)))
                        .collect(Collectors.joining()));
        StreamTableEnvironment tables =
                environment(StreamExecutionEnvironment.getExecutionEnvironment(), mode);

        List<Row> rows =
                collect(
                        tables,
                        ("SELECT MIXUP(v, 1, '%1$s', 42, id, 3) AS m, MIXUP(v, 1.0, '%1$s', 42, id, 3,"
                                        + " MAP['deterministic', 'true']) AS d, id"
                                        + " FROM (SELECT %2$s AS v, id FROM (VALUES 1, 2, 3) AS t(id)) AS u")
                                .formatted(file, VECTOR));

        assertThat(rows).hasSize(3);
        for (Row row : rows) {
            long id = row.<Integer>getFieldAs("id");
            Map<String, Object> mixup = Map.of("reference", file.toString());
            assertMixed(row.getFieldAs("m"), config().layer("mixup", mixup).build(), id);
            Row deterministic = row.getFieldAs("d");
            assertThat(bits(deterministic.getField("features"))).isEqualTo(bits(VALUES));
            assertThat(deterministic.getField("mixup_partner")).isNull();
            assertThat(deterministic.getField("mixup_lambda")).isNull();
        }
    }

    private static DropoutConfigBuilder config() {
        return DropoutConfig.builder().seed(42);
    }

    private static void assertMixed(Row row, DropoutConfig config, long id) {
        LayerOutput expected = config.transform().apply(id, 3, VALUES);
        assertThat(bits(row.getField("features"))).isEqualTo(bits(expected.values()));
        assertThat(row.getField("mixup_partner")).isEqualTo(expected.fields().get("mixup_partner"));
        assertThat(row.getField("mixup_lambda")).isEqualTo(expected.fields().get("mixup_lambda"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GAUSSIAN_NOISE(CAST(NULL AS ARRAY<FLOAT>), 0.1, 42, 1, 2)",
                "GAUSSIAN_NOISE(v, CAST(NULL AS DOUBLE), 42, 1, 2)",
                "GAUSSIAN_NOISE(v, 0.1, 42, n, 2)",
                "GAUSSIAN_NOISE(v, 0.1, 42, 1, n)",
                "GAUSSIAN_NOISE(v, 0.1, 42, 1, 2, CAST(NULL AS MAP<STRING, STRING>))",
                "AUGMENT(v, CAST(NULL AS STRING), 42, 1, 2)",
                "CATEGORICAL(v, 42, n, 2)",
                "MIXUP(v, 1, 'jobs/data/fashion-mnist.jsonl', 42, n, 2)",
            })
    void givesNullWhereAnArgumentIsNull(String call) {
        List<Row> rows =
                collect(
                        environment(),
                        "SELECT %s FROM (SELECT %s AS v, x AS n FROM (VALUES CAST(NULL AS BIGINT)) AS t(x)) AS u"
                                .formatted(call, VECTOR));

        assertThat(rows).containsExactly(Row.of((Object) null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GAUSSIAN_NOISE(v, -1, 42, 1, 0) | GAUSSIAN_NOISE.stddev must be a number that is 0 or from 1e-30 to 1e30, but is -1.0.",
                "GAUSSIAN_NOISE(v, 'a', 42, 1, 0) | The stddev of GAUSSIAN_NOISE must be a DOUBLE, or a DECIMAL of at most 15 digits, or an integer, but is CHAR(1) NOT NULL.",
                "GAUSSIAN_NOISE(v, 0.1, 42, -1, 0) | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is -1.",
                "GAUSSIAN_NOISE(v, 0.1, 42, 1, 0, MAP['fill', '1']) | 'fill' is not an option of GAUSSIAN_NOISE; the nearest that is one is 'name'.",
                "DROPOUT(v, 0.1, 42, 1, 0, MAP['flavor', 'nnx', 'name', 'A']) | DROPOUT.name must not be set where its flavor is nnx, which has no module path, but is 'A'.",
                "ERASE(v, '7x', 42, 1, 0) | ERASE.size must be integers from 0 with 'x' between them, such as 28x28, but is '7x'.",
                "ERASE(v, '7x7', 42, 1, 0, MAP['shape', '3x4']) | size must fit into the array, whose shape is 3x4, but is 7x7.",
                "ERASE(v, 7, 42, 1, 0) | The size of ERASE must be a string, but is INT NOT NULL.",
                "ERASE(ARRAY[v], '7x7', 42, 1, 0, MAP['shape', '28x28']) | The options of ERASE must not have 'shape' where the features are nested arrays: their lengths are the shape.",
                "GAUSSIAN_NOISE(ARRAY['a'], 0.1, 42, 1, 0) | The features of GAUSSIAN_NOISE must be an ARRAY of FLOAT, DOUBLE, INT, SMALLINT or TINYINT, or nested ARRAYs, but are ARRAY<CHAR(1) NOT NULL> NOT NULL; CAST(... AS ARRAY<FLOAT>) makes one.",
                "AUGMENT(v, '[{type: drop}]', 42, 1, 0) | layers[0].type must be one of",
                "AUGMENT(v, '[{type: categorical}]', 42, 1, 0) | The layers of AUGMENT must give a vector alone, but write [index, log_probability] beside it, too.",
                "MIXUP(v, 2, 'pom.xml', 42, 1, 0) | MIXUP.alpha must be a number that is 1, but is 2.0.",
                "MIXUP(v, 1, '/no/such', 42, 1, 0) | MIXUP.reference must be a file of at most 268435456 bytes that can be read, but is '/no/such': ",
                "MIXUP(v, 1, 'pom.xml', 42, 1, 0, MAP['sha256', 'a']) | MIXUP.sha256 must be that of its reference, ",
                "MIXUP(v, 1, s, 42, 1, 0) | The reference of MIXUP must be a constant, since the file of the reference set is read when a query is planned.",
                "MIXUP(v, 1, 'pom.xml', CAST(RAND() AS INT), 1, 0) | The seed of MIXUP must be a constant, since the file",
                "MIXUP(v, 1, 7, 42, 1, 0) | The reference of MIXUP must be a string, but is INT NOT NULL.",
                "MIXUP(v, 1, 'pom.xml', 42, 1, 0, MAP['alpha', '1']) | 'alpha' is not an option of MIXUP; the nearest that is one is 'name'.",
                "CATEGORICAL(v, 42, 'a', 0, MAP['id-type', 'uint64']) | The id of CATEGORICAL must be an integer when id-type is uint64, but is a string.",
            })
    void refusesWrongConstantsWhenAQueryIsPlanned(String call, String message) {
        StreamTableEnvironment tables = environment();
        tables.executeSql(
                "CREATE TEMPORARY TABLE vectors (v ARRAY<FLOAT>, s STRING) WITH ('connector' = 'datagen')");

        assertThatThrownBy(() -> tables.explainSql("SELECT %s FROM vectors".formatted(call)))
                .rootCause()
                .hasMessageStartingWith(message);
    }

    @Test
    void failsTheJobAtNestedArraysThatALayerDoesNotTake() {
        assertThatThrownBy(
                        () ->
                                collect(
                                        environment(),
                                        "SELECT CATEGORICAL(ARRAY[%s], 42, x, 0) FROM (VALUES 1) AS t(x)"
                                                .formatted(VECTOR)))
                .rootCause()
                .hasMessage(
                        "Logits must be a vector of at least one number, but have the shape 1x12.");
    }

    @Test
    void failsTheJobAtARowThatIsWrong() {
        StreamTableEnvironment tables = environment();

        assertThatThrownBy(
                        () ->
                                collect(
                                        tables,
                                        "SELECT GAUSSIAN_NOISE(%s, x, 42, 1, 0) FROM (VALUES -1E0) AS t(x)"
                                                .formatted(VECTOR)))
                .rootCause()
                .hasMessageContaining("GAUSSIAN_NOISE.stddev must be a number");
    }
}
