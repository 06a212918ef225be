package org.mydropout.flink;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CollectionUtil;

/** A cluster, strict settings, inputs and their outputs, shared by the tests with jobs. */
final class TestPipelines {

    static final int RECORDS = 400;

    static final DropoutConfig CONFIG = DropoutConfig.builder().rate(0.5).seed(42).build();

    private static final int IDS = 37;

    private TestPipelines() {}

    /** Four slots on two task managers, so that shuffles cross the network. */
    static MiniClusterExtension cluster(Configuration config) {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setConfiguration(config)
                        .setNumberTaskManagers(2)
                        .setNumberSlotsPerTaskManager(2)
                        .build());
    }

    static StreamExecutionEnvironment environment(
            RuntimeExecutionMode mode, int parallelism, boolean objectReuse) {
        return StreamExecutionEnvironment.getExecutionEnvironment(
                new Configuration()
                        .set(ExecutionOptions.RUNTIME_MODE, mode)
                        .set(CoreOptions.DEFAULT_PARALLELISM, parallelism)
                        .set(PipelineOptions.OBJECT_REUSE, objectReuse)
                        .set(PipelineOptions.GENERIC_TYPES, false)
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, false));
    }

    static DataStream<FeatureVector> inputs(StreamExecutionEnvironment env) {
        return inputs(env, "inputs");
    }

    /** A source at full parallelism, so that the next operator can be chained to it. */
    static DataStream<FeatureVector> inputs(StreamExecutionEnvironment env, String uid) {
        return env.fromSource(
                        new DataGeneratorSource<>(
                                TestPipelines::input, RECORDS, FeatureVectorTypeInfo.INSTANCE),
                        WatermarkStrategy.noWatermarks(),
                        uid)
                .uid(uid);
    }

    static <T> List<T> collect(List<DataStream<T>> streams) throws Exception {
        DataStream<T> all = streams.stream().reduce(DataStream::union).orElseThrow();
        return CollectionUtil.iteratorToList(all.executeAndCollect());
    }

    static List<FeatureVector> inputs() {
        return LongStream.range(0, RECORDS).mapToObj(TestPipelines::input).toList();
    }

    /** The outputs that the kernel gives for the inputs. */
    static List<FeatureVector> expected() {
        return inputs().stream().map(TestPipelines::expected).toList();
    }

    static FeatureVector expected(FeatureVector input) {
        float[] values =
                CONFIG.transform().apply(input.id(), input.step(), input.values()).values();
        return new FeatureVector(input.id(), input.step(), values);
    }

    /** Vectors of 0 to 99 elements, none of which is 0. */
    static FeatureVector input(long index) {
        float[] values = new float[(int) index % 100];
        for (int i = 0; i < values.length; i++) {
            values[i] = index + i + 1;
        }
        return new FeatureVector(index % IDS, index / IDS, values);
    }
}
