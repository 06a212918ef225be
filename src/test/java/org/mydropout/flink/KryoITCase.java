package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.flink.TestPipelines.CONFIG;
import static org.mydropout.flink.TestPipelines.collect;
import static org.mydropout.flink.TestPipelines.expected;
import static org.mydropout.flink.TestPipelines.inputs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link FeatureVectorKryoSerializer} in jobs that let types go through Kryo. */
class KryoITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = TestPipelines.cluster(new Configuration());

    private static final Configuration FILE = GlobalConfiguration.loadConfiguration("conf");

    /** A NaN with a payload. */
    private static final FeatureVector PAYLOAD =
            new FeatureVector(1, 2, new float[] {Float.intBitsToFloat(0x7fc00123)});

    @Test
    void configurationFileRegistersTheSerializer() {
        TypeSerializer<Parcel> serializer =
                TypeInformation.of(Parcel.class)
                        .createSerializer(
                                environment(registration()).getConfig().getSerializerConfig());

        assertThat(serializer)
                .asInstanceOf(InstanceOfAssertFactories.type(KryoSerializer.class))
                .extracting(kryo -> kryo.getKryo().getSerializer(FeatureVector.class))
                .isInstanceOf(FeatureVectorKryoSerializer.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGenericTypeHoldsWhatTheSerializerWritesIfItIsRegistered(boolean registered)
            throws IOException {
        DataOutputSerializer parcel = new DataOutputSerializer(64);
        TypeInformation.of(Parcel.class)
                .createSerializer(
                        environment(registered ? registration() : new Configuration())
                                .getConfig()
                                .getSerializerConfig())
                .serialize(new Parcel(PAYLOAD), parcel);
        Output vector = new Output(64);
        new FeatureVectorKryoSerializer().write(new Kryo(), vector, PAYLOAD);

        assertThat(latin1(parcel.getCopyOfBuffer()).contains(latin1(vector.toBytes())))
                .isEqualTo(registered);
    }

    @Test
    void vectorsInAGenericTypeKeepTheirBits() throws Exception {
        StreamExecutionEnvironment env = environment(registration());
        TypeInformation<Parcel> generic = TypeInformation.of(Parcel.class);
        assertThat(generic).isInstanceOf(GenericTypeInfo.class);

        List<FeatureVector> received =
                collect(
                        List.of(
                                env.fromData(FeatureVectorTypeInfo.INSTANCE, PAYLOAD)
                                        .uid("payload")
                                        .map(Parcel::new)
                                        .returns(generic)
                                        .uid("parcel")
                                        .rebalance()
                                        .map(parcel -> parcel.vector)
                                        .returns(FeatureVectorTypeInfo.INSTANCE)
                                        .uid("vector")));

        assertThat(received).containsExactly(PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forcedKryoGivesEqualResults(boolean forceKryo) throws Exception {
        StreamExecutionEnvironment env =
                environment(registration().set(PipelineOptions.FORCE_KRYO, forceKryo));
        assertThat(
                        TypeInformation.of(Labelled.class)
                                .createSerializer(env.getConfig().getSerializerConfig()))
                .isInstanceOf(forceKryo ? KryoSerializer.class : PojoSerializer.class);

        List<FeatureVector> results =
                collect(
                        List.of(
                                inputs(env)
                                        .map(vector -> new Labelled(vector, "label"))
                                        .returns(Labelled.class)
                                        .uid("label")
                                        .keyBy(labelled -> labelled.vector().id())
                                        .map(
                                                new DropoutMapFunction<>(
                                                        CONFIG, new LabelledAccessor()))
                                        .uid("dropout")
                                        .map(Labelled::vector)
                                        .uid("vector")));

        assertThat(results).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** Not a POJO, because it has no constructor without arguments. */
    private static final class Parcel {
        private final FeatureVector vector;

        Parcel(FeatureVector vector) {
            this.vector = vector;
        }
    }

    /** A POJO, which goes through Kryo if {@code pipeline.force-kryo} is set. */
    public record Labelled(FeatureVector vector, String label) {}

    private static final class LabelledAccessor implements RecordAccessor<Labelled> {
        @Override
        public long id(Labelled record) {
            return record.vector.id();
        }

        @Override
        public long step(Labelled record) {
            return record.vector.step();
        }

        @Override
        public float[] vector(Labelled record) {
            return record.vector.values();
        }

        @Override
        public Labelled withVector(Labelled record, long step, float[] vector) {
            return new Labelled(new FeatureVector(record.vector.id(), step, vector), record.label);
        }
    }

    private static Configuration registration() {
        return new Configuration()
                .set(
                        PipelineOptions.SERIALIZATION_CONFIG,
                        FILE.get(PipelineOptions.SERIALIZATION_CONFIG));
    }

    /** The only environment in the tests that allows generic types. */
    private static StreamExecutionEnvironment environment(Configuration config) {
        StreamExecutionEnvironment env =
                TestPipelines.environment(RuntimeExecutionMode.STREAMING, 2, false);
        env.configure(new Configuration(config).set(PipelineOptions.GENERIC_TYPES, true));
        return env;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
