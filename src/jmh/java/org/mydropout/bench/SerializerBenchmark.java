package org.mydropout.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
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

/** Serializes and deserializes a record, in nanoseconds per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {Cluster.OPEN_LANG, Cluster.OPEN_UTIL})
public class SerializerBenchmark {

    private final TypeSerializer<FeatureVector> ownSerializer =
            serializer(TypeInformation.of(FeatureVector.class));
    private final TypeSerializer<PojoVector> pojoSerializer =
            serializer(TypeInformation.of(PojoVector.class));
    private final TypeSerializer<KryoVector> kryoSerializer =
            serializer(new GenericTypeInfo<>(KryoVector.class));
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 14);
    private final DataInputDeserializer in = new DataInputDeserializer();

    @Param({"128", "1024"})
    private int size;

    private FeatureVector own;
    private PojoVector pojo;
    private KryoVector kryo;

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    /** Makes the records. */
    @Setup
    public void prepare() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i / 3f;
        }
        own = new FeatureVector(1, 2, values);
        pojo = new PojoVector(1, 2, values);
        kryo = new KryoVector(1, 2, values);
    }

    /** The ready-made type with its own serializer. */
    @Benchmark
    public FeatureVector own() throws IOException {
        return roundTrip(ownSerializer, own);
    }

    /** Flink's serializer for POJOs. */
    @Benchmark
    public PojoVector pojo() throws IOException {
        return roundTrip(pojoSerializer, pojo);
    }

    /** Kryo's reflection. */
    @Benchmark
    public KryoVector kryo() throws IOException {
        return roundTrip(kryoSerializer, kryo);
    }

    private <T> T roundTrip(TypeSerializer<T> serializer, T record) throws IOException {
        out.clear();
        serializer.serialize(record, out);
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return serializer.deserialize(in);
    }
}
