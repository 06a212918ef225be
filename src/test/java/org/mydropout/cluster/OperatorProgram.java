package org.mydropout.cluster;

import java.util.Arrays;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;

/** A Flink program that uses only the operator's jar: one vector through each of its two APIs. */
public final class OperatorProgram {

    private OperatorProgram() {}

    /** Prints the vector after dropout by the operator and by the SQL function. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        DropoutConfig config = DropoutConfig.builder().rate(0.5).seed(42).build();
        environment
                .fromData(new FeatureVector(1, 2, new float[] {1, 2, 3, 4}))
                .keyBy(FeatureVector::id)
                .map(new DropoutMapFunction<>(config, FeatureVector.ACCESSOR))
                .executeAndCollect(1)
                .forEach(vector -> print("operator", Arrays.toString(vector.values())));
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.executeSql("LOAD MODULE mydropout");
        String query =
                "SELECT MYDROPOUT(CAST(ARRAY[1, 2, 3, 4] AS ARRAY<FLOAT>), 0.5, 42, id, 2)"
                        + " FROM (VALUES 1) AS t(id)";
        CollectionUtil.iteratorToList(tables.executeSql(query).collect())
                .forEach(row -> print("SQL", Arrays.toString((Object[]) row.getField(0))));
    }

    private static void print(String api, String vector) {
        System.out.println(api + ": " + vector);
    }
}
