package org.mydropout.sql;

import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** Table environments and conversions, shared by the tests with SQL. */
final class TestTables {

    private TestTables() {}

    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    /** A streaming environment with the module loaded. */
    static StreamTableEnvironment environment() {
        return environment(
                StreamExecutionEnvironment.getExecutionEnvironment(),
                RuntimeExecutionMode.STREAMING);
    }

    /**
     * An environment with the module loaded, which can convert the streams of another into tables.
     */
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

    /** The elements of an {@code ARRAY<FLOAT>}, nullable or not. */
    static float[] floats(Object array) {
        float[] floats = new float[Array.getLength(array)];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (Float) Array.get(array, i);
        }
        return floats;
    }

    /** How many arrays are nested in one another. */
    static int depth(Object array) {
        return array.getClass().isArray() && array.getClass().componentType().isArray()
                ? 1 + depth(Array.get(array, 0))
                : 1;
    }

    /** The elements of nested arrays in one. */
    static Object[] flat(Object array) {
        return IntStream.range(0, Array.getLength(array))
                .mapToObj(i -> Array.get(array, i))
                .flatMap(
                        element ->
                                element.getClass().isArray()
                                        ? Stream.of(flat(element))
                                        : Stream.of(element))
                .toArray();
    }

    /** The bits of such an array, with one bit pattern for all NaNs. */
    static int[] bits(Object array) {
        float[] floats = floats(array);
        int[] bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(floats[i]);
        }
        return bits;
    }
}
