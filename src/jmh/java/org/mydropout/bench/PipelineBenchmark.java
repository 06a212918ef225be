package org.mydropout.bench;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Jobs with a generator, keyBy, a map function and a discarding sink, in seconds per job. They have
 * Flink's defaults, unless {@code tuned}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = {Cluster.HEAP, Cluster.OPEN_LANG, Cluster.OPEN_UTIL})
public class PipelineBenchmark {

    private static final int IDS = 1000;
    private static final DropoutConfig CONFIG = DropoutConfig.builder().rate(0.1).seed(42).build();

    @Param({"128", "1024"})
    private int size;

    /** The elements of all vectors of a subtask. */
    @Param("268435456")
    private long elements;

    @Param("1")
    private int subtasks;

    /** Whether chained operators pass records on without a copy, in larger network buffers. */
    @Param("false")
    private boolean tuned;

    private Configuration settings;
    private Cluster cluster;

    /** Starts the cluster. */
    @Setup
    public void start() throws Exception {
        VectorApi.requireUse();
        settings = new Configuration();
        if (tuned) {
            settings.set(PipelineOptions.OBJECT_REUSE, true);
            settings.set(
                    TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.ofMebiBytes(1).divide(8));
            settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
            settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
        }
        cluster = new Cluster(subtasks, settings);
    }

    /** Stops the cluster. */
    @TearDown
    public void stop() throws Exception {
        cluster.close();
    }

    /** The operator on the ready-made type. */
    @Benchmark
    public void dropout() throws Exception {
        vectors(new DropoutMapFunction<>(CONFIG, FeatureVector.ACCESSOR));
    }

    /** A map function that returns its input. */
    @Benchmark
    public void identity() throws Exception {
        vectors(vector -> vector);
    }

    /** A map function that copies the vector. */
    @Benchmark
    public void copy() throws Exception {
        vectors(vector -> new FeatureVector(vector.id(), vector.step(), vector.values().clone()));
    }

    /** The operator on a POJO. */
    @Benchmark
    public void pojo() throws Exception {
        float[] values = new float[size];
        run(
                i -> new PojoVector(i % IDS, i / IDS, values.clone()),
                TypeInformation.of(PojoVector.class),
                vector -> vector.id,
                new DropoutMapFunction<>(CONFIG, PojoVector.ACCESSOR));
    }

    /** The operator on a type that goes through Kryo. */
    @Benchmark
    public void kryo() throws Exception {
        float[] values = new float[size];
        run(
                i -> new KryoVector(i % IDS, i / IDS, values.clone()),
                new GenericTypeInfo<>(KryoVector.class),
                KryoVector::id,
                new DropoutMapFunction<>(CONFIG, KryoVector.ACCESSOR));
    }

    private void vectors(MapFunction<FeatureVector, FeatureVector> function) throws Exception {
        float[] values = new float[size];
        run(
                i -> new FeatureVector(i % IDS, i / IDS, values.clone()),
                TypeInformation.of(FeatureVector.class),
                FeatureVector::id,
                function);
    }

    private <T> void run(
            GeneratorFunction<Long, T> generator,
            TypeInformation<T> type,
            KeySelector<T, Long> id,
            MapFunction<T, T> function)
            throws Exception {
        StreamExecutionEnvironment environment = cluster.environment(settings);
        environment
                .fromSource(
                        new DataGeneratorSource<>(generator, elements / size * subtasks, type),
                        WatermarkStrategy.noWatermarks(),
                        "generator")
                .keyBy(id)
                .map(function)
                .returns(type)
                .sinkTo(new DiscardingSink<>());
        environment.execute();
    }
}
