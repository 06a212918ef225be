package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests for the SQL functions. */
class SqlTest {

    private static final String STEPS =
            "TABLE(MYDROPOUT_STEPS(input => TABLE readings PARTITION BY sensor ORDER BY measured))";

    /** The replacement that the refusal of MYDROPOUT_STEPS suggests. */
    private static final String OTHER_STEPS =
            "(SELECT *, COUNT(*) OVER (PARTITION BY sensor ORDER BY measured ROWS UNBOUNDED"
                    + " PRECEDING) - 1 AS step FROM readings)";

    private StreamTableEnvironment tables;

    @BeforeEach
    void createTheTable() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        DataStream<Reading> readings = environment.fromData(Flax.input());
        tables = StreamTableEnvironment.create(environment);
        tables.createTemporaryView(
                "readings",
                readings,
                Schema.newBuilder()
                        .column("sensor", DataTypes.BIGINT().notNull())
                        .column("epoch", DataTypes.BIGINT().notNull())
                        .column(
                                "features",
                                DataTypes.ARRAY(DataTypes.FLOAT().notNull())
                                        .notNull()
                                        .bridgedTo(float[].class))
                        .column("place", DataTypes.STRING())
                        .columnByExpression("measured", "TO_TIMESTAMP_LTZ(epoch, 3)")
                        .watermark("measured", "measured - INTERVAL '1' MINUTE")
                        .build());
        tables.executeSql("LOAD MODULE mydropout");
    }

    private List<Reading> query(String sql) {
        return CollectionUtil.iteratorToList(tables.executeSql(sql).collect()).stream()
                .map(SqlTest::reading)
                .toList();
    }

    private static Reading reading(Row row) {
        Float[] boxed = row.getFieldAs("features");
        float[] features = new float[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            features[i] = boxed[i];
        }
        return new Reading(
                row.getFieldAs("sensor"),
                row.getFieldAs("step"),
                features,
                row.getFieldAs("place"));
    }

    @Test
    @DisplayName("SQL: MYDROPOUT")
    void givesTheArraysOfFlax() throws Exception {
        List<Reading> output =
                query(
                        "SELECT sensor, epoch AS step, place,"
                                + " MYDROPOUT(features, 0.3, 42, sensor, epoch) AS features"
                                + " FROM readings");

        assertThat(Flax.bits(output)).isEqualTo(Flax.bits(Flax.output()));
    }

    @Test
    @DisplayName("SQL: MYDROPOUT_STEPS")
    void numbersTheRowsOfAnId() throws Exception {
        try {
            assertThat(Flax.bits(query(withStepsFrom(STEPS)))).isEqualTo(Flax.bits(Flax.output()));
        } catch (ValidationException e) {
            String reason = Refusal.reason(e);
            assertThat(Flax.bits(query(withStepsFrom(OTHER_STEPS))))
                    .as(reason)
                    .isEqualTo(Flax.bits(Flax.output()));
            Refusal.report(reason);
        }
    }

    private static String withStepsFrom(String table) {
        return "SELECT sensor, step, place,"
                + " MYDROPOUT(features, 0.3, 42, sensor, step) AS features FROM "
                + table;
    }
}
