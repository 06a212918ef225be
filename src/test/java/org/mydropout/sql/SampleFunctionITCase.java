package org.mydropout.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.sql.TestTables.collect;
import static org.mydropout.sql.TestTables.environment;

import java.util.List;
import java.util.zip.CRC32;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.GoldenVectors;

/** Tests for {@link SampleFunction} and {@link SplitFunction}, in queries on a cluster. */
class SampleFunctionITCase {

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestTables.cluster();

    private static final int N = 1_000_000;

    @ParameterizedTest
    @CsvSource({"STREAMING, 4", "BATCH, 1"})
    void decidesAsJaxDoesForAMillionIds(RuntimeExecutionMode mode, int parallelism) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        StreamTableEnvironment tables = environment(env, mode);
        env.setParallelism(parallelism);
        tables.createTemporaryView("ids", env.fromSequence(0, N - 1));
        byte[] sample = new byte[N];
        byte[] split = new byte[N];

        List<Row> rows =
                collect(
                        tables,
                        "SELECT f0, SAMPLE(f0, 0.1, 42), MYDROPOUT_SPLIT(f0, 42, '0', 0.8, '1', 0.1, '2', 0.1)"
                                + " FROM ids WHERE SAMPLE(f0, 0.1, 42) OR"
                                + " MYDROPOUT_SPLIT(f0, 42, '0', 0.8, '1', 0.1, '2', 0.1) <> '0'");

        for (Row row : rows) {
            int id = row.<Long>getFieldAs(0).intValue();
            sample[id] = (byte) (row.<Boolean>getFieldAs(1) ? 1 : 0);
            split[id] = Byte.parseByte(row.getFieldAs(2));
        }
        assertThat(checksum(sample)).isEqualTo(golden("fraction", "0.1"));
        assertThat(checksum(split)).isEqualTo(golden("bounds", "[0.8,0.9]"));
    }

    private static String golden(String name, String value) {
        return GoldenVectors.rows("samples.json", "samples")
                .filter(row -> row.path(name).toString().equals(value))
                .filter(row -> row.required("n").asInt() == N)
                .map(row -> row.required("crc32").asText())
                .findFirst()
                .orElseThrow();
    }

    private static String checksum(byte[] decisions) {
        CRC32 checksum = new CRC32();
        checksum.update(decisions);
        return "%08x".formatted(checksum.getValue());
    }

    @Test
    void foldsConstantsAndTakesTextIds() {
        StreamTableEnvironment tables = environment();
        List<Row> folded =
                collect(
                        tables,
                        "SELECT SAMPLE('a', 0.5, 42), MYDROPOUT_SPLIT('a', 42, 'x', 0.5, 'y', 0.5)");
        List<Row> computed =
                collect(
                        tables,
                        "SELECT SAMPLE(s, 0.5, 42), MYDROPOUT_SPLIT(s, 42, 'x', 0.5, 'y', 0.5)"
                                + " FROM (VALUES 'a') AS t(s)");
        assertThat(folded).isEqualTo(computed);
        assertThat(folded.get(0).getField(0)).isNotNull();
    }

    @Test
    void isNamedSplitBeforeFlinksCore() {
        StreamTableEnvironment tables = environment();
        String call = "SELECT %s(1, 42, 'x', 0.5, 'y', 0.5)";
        List<Row> expected = collect(tables, call.formatted("MYDROPOUT_SPLIT"));

        tables.executeSql("USE MODULES mydropout, core");

        assertThat(collect(tables, call.formatted("SPLIT"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAMPLE(n, 0.1, 42)",
                "SAMPLE(1, CAST(NULL AS DOUBLE), 42)",
                "SAMPLE(1, 0.1, n)",
                "SAMPLE(1, 0.1, 42, CAST(NULL AS MAP<STRING, STRING>))",
                "MYDROPOUT_SPLIT(n, 42, 'a', 0.5, 'b', 0.5)",
                "MYDROPOUT_SPLIT(1, 42, 'a', 0.5, CAST(NULL AS STRING), 0.5)"
            })
    void givesNullWhereAnArgumentIsNull(String call) {
        assertThat(
                        collect(
                                environment(),
                                "SELECT %s FROM (VALUES CAST(NULL AS BIGINT)) AS t(n)"
                                        .formatted(call)))
                .containsExactly(Row.of((Object) null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SAMPLE(n, 1.5, 42) | fraction must be a number from 0 to 1, but is 1.5.",
                "SAMPLE(-1, 0.5, 42) | The id of a record must be from 0 to 4294967295 when id-type is uint32, but is -1.",
                "SAMPLE(n, 'a', 42) | The fraction of SAMPLE must be a DOUBLE, or a DECIMAL of at most 15 digits, or an integer, but is CHAR(1) NOT NULL.",
                "SAMPLE(n, 0.5, 42, MAP['step-type', 'uint64']) | 'step-type' is not an option of SAMPLE; the nearest that is one is 'id-type'.",
                "MYDROPOUT_SPLIT(n, 42, 'a', 0.5, 'b', 0.4) | The shares of a split must be above 0 and add up to 1, but are {a=0.5, b=0.4}.",
                "MYDROPOUT_SPLIT(n, 42, 'a', 0.5, 'a', 0.5) | The names of the parts of SPLIT must differ, but 'a' is there twice.",
                "MYDROPOUT_SPLIT(n, 42, 1, 0.5, 'a', 0.5) | The name of a part of SPLIT must be a string, but is INT NOT NULL."
            })
    void refusesWrongConstantsWhenAQueryIsPlanned(String call, String message) {
        StreamTableEnvironment tables = environment();

        assertThatThrownBy(
                        () ->
                                tables.explainSql(
                                        "SELECT %s FROM (VALUES CAST(1 AS BIGINT)) AS t(n)"
                                                .formatted(call)))
                .rootCause()
                .hasMessage(message);
    }
}
