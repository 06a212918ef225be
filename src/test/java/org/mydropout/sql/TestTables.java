package org.mydropout.sql;

import java.lang.reflect.Array;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

/** What the tests with SQL share. */
final class TestTables {

    private TestTables() {}

    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    /** A streaming environment that has the module loaded. */
    static StreamTableEnvironment environment() {
        return environment(
                StreamExecutionEnvironment.getExecutionEnvironment(),
                RuntimeExecutionMode.STREAMING);
    }

    /** An environment that has the module loaded, over one whose streams can be made tables. */
    static StreamTableEnvironment environment(
            StreamExecutionEnvironment env, RuntimeExecutionMode mode) {
        env.configure(
                new Configuration()
                        .set(ExecutionOptions.RUNTIME_MODE, mode)
                        .set(CoreOptions.DEFAULT_PARALLELISM, 2)
                        .set(PipelineOptions.GENERIC_TYPES, false));
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.executeSql("LOAD MODULE mydropout");
        return tables;
    }

    static List<Row> collect(StreamTableEnvironment tables, String query) {
        return CollectionUtil.iteratorToList(tables.executeSql(query).collect());
    }

    /** The elements of a column that is an {@code ARRAY<FLOAT>}, nullable or not. */
    static float[] floats(Object array) {
        float[] floats = new float[Array.getLength(array)];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (Float) Array.get(array, i);
        }
        return floats;
    }

    /** The bits of such a column; NaNs as one. */
    static int[] bits(Object array) {
        float[] floats = floats(array);
        int[] bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(floats[i]);
        }
        return bits;
    }
}
