package org.mydropout.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.sql.TestTables.collect;
import static org.mydropout.sql.TestTables.environment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link MyDropoutStepsFunction}, in queries on a cluster. */
class MyDropoutStepsFunctionITCase {

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestTables.cluster();

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(
                    new String[] {"id", "millis", "tie", "features"},
                    Types.LONG,
                    Types.LONG,
                    Types.INT,
                    Types.PRIMITIVE_ARRAY(Types.FLOAT));

    private static final String STEPS =
            "MYDROPOUT_STEPS(input => TABLE readings PARTITION BY id ORDER BY (measured, tie))";

    private static final int IDS = 5;
    private static final int STEPS_OF_AN_ID = 12;

    /** All rows, of all ids in turn. Each id has two rows per time. */
    private static List<Row> readings() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < IDS * STEPS_OF_AN_ID; i++) {
            int step = i / IDS;
            rows.add(
                    Row.of(
                            (long) i % IDS,
                            1000L * (step / 2),
                            step % 2,
                            new float[] {i + 1, 2, 3, 4, 5}));
        }
        return rows;
    }

    private static StreamTableEnvironment tables(RuntimeExecutionMode mode, List<Row> rows) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        StreamTableEnvironment tables = environment(env, mode);
        tables.createTemporaryView(
                "readings",
                env.fromData(TYPE, rows.toArray(Row[]::new)),
                Schema.newBuilder()
                        .columnByExpression("measured", "TO_TIMESTAMP_LTZ(millis, 3)")
                        .watermark("measured", "measured - INTERVAL '1' HOUR")
                        .build());
        return tables;
    }

    @Test
    void numbersTheRowsOfAnIdInTheOrderOfTheirTimes() {
        List<Row> reversed = readings();
        Collections.reverse(reversed);

        List<Row> rows =
                collect(
                        tables(RuntimeExecutionMode.STREAMING, reversed),
                        "SELECT id, step, millis, tie FROM " + STEPS);

        assertThat(rows)
                .hasSize(IDS * STEPS_OF_AN_ID)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        row -> {
                            long step = row.getFieldAs("step");
                            assertThat(row.<Long>getFieldAs("millis")).isEqualTo(1000 * (step / 2));
                            assertThat(row.<Integer>getFieldAs("tie")).isEqualTo((int) step % 2);
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesTheSameVectorsInWhateverOrderTheRowsArrive(long order) {
        List<Row> shuffled = readings();
        Collections.shuffle(shuffled, new Random(order));

        assertThat(shuffled).isNotEqualTo(readings());
        assertThat(vectors(RuntimeExecutionMode.STREAMING, shuffled, STEPS))
                .isEqualTo(vectors(RuntimeExecutionMode.STREAMING, readings(), STEPS));
    }

    @Test
    void givesTheStepsOfRowNumberInABatchReplay() {
        String rowNumber =
                "(SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY measured, tie) - 1 AS step"
                        + " FROM readings) AS numbered";

        assertThat(vectors(RuntimeExecutionMode.BATCH, readings(), rowNumber))
                .isEqualTo(vectors(RuntimeExecutionMode.STREAMING, readings(), STEPS));
    }

    private static List<String> vectors(RuntimeExecutionMode mode, List<Row> rows, String from) {
        List<String> vectors =
                collect(
                                tables(mode, rows),
                                "SELECT id, step, millis, tie,"
                                        + " MYDROPOUT(features, 0.5, 42, id, step) FROM "
                                        + from)
                        .stream()
                        .map(Row::toString)
                        .sorted()
                        .toList();
        assertThat(vectors).hasSize(IDS * STEPS_OF_AN_ID).anyMatch(row -> row.contains("0.0"));
        return vectors;
    }

    @Test
    void refusesATableWithoutAnOrder() {
        StreamTableEnvironment tables = tables(RuntimeExecutionMode.STREAMING, readings());

        assertThatThrownBy(
                        () ->
                                tables.explainSql(
                                        "SELECT * FROM MYDROPOUT_STEPS("
                                                + "input => TABLE readings PARTITION BY id)"))
                .rootCause()
                .hasMessage(
                        "The input of MYDROPOUT_STEPS must have an ORDER BY that begins with a time"
                                + " attribute, but has none: the steps would depend on the order of"
                                + " arrival.");
    }

    @Test
    void refusesATableThatHasSteps() {
        StreamTableEnvironment tables = tables(RuntimeExecutionMode.STREAMING, readings());
        tables.executeSql("CREATE TEMPORARY VIEW stepped AS SELECT *, 7 AS step FROM readings");

        assertThatThrownBy(
                        () ->
                                tables.explainSql(
                                        "SELECT * FROM " + STEPS.replace("readings", "stepped")))
                .rootCause()
                .hasMessage(
                        "The input of MYDROPOUT_STEPS must not have a column 'step', but has one:"
                                + " Flink would name the one with the new steps otherwise.");
    }

    @Test
    void refusesBatchModeWithASentence() {
        StreamTableEnvironment tables = tables(RuntimeExecutionMode.BATCH, readings());

        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM " + STEPS))
                .rootCause()
                .hasMessageStartingWith(
                        "MYDROPOUT_STEPS needs execution.runtime-mode streaming, but it is batch");
    }
}
