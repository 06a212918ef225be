package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.fuzz.Allocation;

/** Tests for {@link FeatureVectorKryoSerializer}. */
class FeatureVectorKryoSerializerTest {

    private static final FeatureVector VECTOR =
            new FeatureVector(7, -1, new float[] {1f, Float.intBitsToFloat(0x7fc00001)});

    private static final byte[] VERSION_1 =
            HexFormat.of()
                    .parseHex(
                            "01"
                                    + "0000000000000007"
                                    + "ffffffffffffffff"
                                    + "00000002"
                                    + "0000803f"
                                    + "0100c07f");

    @Test
    void writesTheFormatOfVersion1() {
        Output output = new Output(16, -1);

        kryo().writeObject(output, VECTOR);

        assertThat(output.toBytes()).isEqualTo(VERSION_1);
    }

    @Test
    void readsTheFormatOfVersion1() {
        assertThat(kryo().readObject(new Input(VERSION_1), FeatureVector.class)).isEqualTo(VECTOR);
    }

    static Stream<FeatureVector> vectors() {
        return Stream.of(new FeatureVectorSerializerTest().getTestData());
    }

    /**
     * The ends of Flink's buffers vary, so the elements cross the end of Kryo's buffer many times.
     */
    @ParameterizedTest
    @MethodSource("vectors")
    void flinkReadsWhatItWrote(FeatureVector vector) throws IOException {
        KryoSerializer<Object[]> serializer = flinkKryo(FeatureVectorKryoSerializer.class);
        Object[] record = {"before", vector, "after", vector};
        DataOutputSerializer target = new DataOutputSerializer(16);

        serializer.serialize(record, target);
        serializer.serialize(record, target);
        DataInputDeserializer source = new DataInputDeserializer(target.getCopyOfBuffer());

        assertThat(serializer.deserialize(source)).isEqualTo(record);
        assertThat(serializer.deserialize(source)).isEqualTo(record);
        assertThat(source.available()).isZero();
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 2, -1})
    void refusesAnUnknownVersion(byte version) {
        byte[] bytes = VERSION_1.clone();
        bytes[0] = version;

        assertThatThrownBy(() -> kryo().readObject(new Input(bytes), FeatureVector.class))
                .isInstanceOf(KryoException.class)
                .hasMessageContaining(
                        "A FeatureVector was written by Kryo in format version "
                                + version
                                + ", but this version of flink-mydropout reads version 1 only");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesALengthThatNoArrayHas(int length) {
        byte[] bytes = withLength(length);

        assertThatThrownBy(() -> kryo().readObject(new Input(bytes), FeatureVector.class))
                .isInstanceOf(KryoException.class)
                .hasMessageContaining("must be from 0 to 2147483639, but the bytes say " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000_000, Integer.MAX_VALUE - 8})
    void refusesALengthBeyondTheInputAndTakesNoMemoryForIt(int length) throws Exception {
        Kryo kryo = kryo();
        byte[] bytes = withLength(length);

        KryoException refusal =
                Allocation.within(
                        64 << 10,
                        () ->
                                catchThrowableOfType(
                                        KryoException.class,
                                        () ->
                                                kryo.readObject(
                                                        new Input(bytes), FeatureVector.class)));

        assertThat(refusal)
                .hasMessage("A FeatureVector is truncated: the input ends before its last byte.");
    }

    @Test
    void refusesTruncatedInputOfAnyLength() {
        for (int length = 0; length < VERSION_1.length; length++) {
            byte[] truncated = Arrays.copyOf(VERSION_1, length);
            assertThatThrownBy(() -> kryo().readObject(new Input(truncated), FeatureVector.class))
                    .isInstanceOf(KryoException.class)
                    .hasMessage(
                            "A FeatureVector is truncated: the input ends before its last byte.")
                    .hasCauseInstanceOf(EOFException.class);
        }
    }

    @Test
    void flinkSeesTruncatedInputAsItsEnd() throws IOException {
        KryoSerializer<FeatureVector> serializer =
                flinkKryo(FeatureVector.class, FeatureVectorKryoSerializer.class);
        DataOutputSerializer target = new DataOutputSerializer(16);
        serializer.serialize(VECTOR, target);
        byte[] bytes = target.getCopyOfBuffer();

        // Kryo's class tag comes first. All further bytes are ours.
        for (int length = bytes.length - VERSION_1.length; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(truncated)))
                    .isInstanceOf(EOFException.class)
                    .hasMessage(
                            "A FeatureVector is truncated: the input ends before its last byte.");
        }
    }

    /** Serializing would allocate as much again for the bytes. */
    @Test
    void copiesWithoutBytesAndSharesNoArray() throws Exception {
        KryoSerializer<Object[]> serializer = flinkKryo(FeatureVectorKryoSerializer.class);
        FeatureVector vector = new FeatureVector(7, -1, new float[1_000_000]);
        Object[] record = {vector};

        Object[] copy =
                Allocation.within(
                        1_000_000L * Float.BYTES + (64 << 10), () -> serializer.copy(record));

        assertThat(copy).containsExactly(vector);
        assertThat(((FeatureVector) copy[0]).values()).isNotSameAs(vector.values());
    }

    private static Kryo kryo() {
        Kryo kryo = new Kryo();
        kryo.register(FeatureVector.class, new FeatureVectorKryoSerializer());
        return kryo;
    }

    private static KryoSerializer<Object[]> flinkKryo(
            Class<? extends Serializer<FeatureVector>> serializer) {
        return flinkKryo(Object[].class, serializer);
    }

    private static <T> KryoSerializer<T> flinkKryo(
            Class<T> type, Class<? extends Serializer<FeatureVector>> serializer) {
        Configuration config =
                new Configuration()
                        .set(
                                PipelineOptions.SERIALIZATION_CONFIG,
                                List.of(
                                        "%s: {type: kryo, kryo-type: registered, class: %s}"
                                                .formatted(
                                                        FeatureVector.class.getName(),
                                                        serializer.getName())));
        SerializerConfigImpl serializers = new SerializerConfigImpl();
        serializers.configure(config, FeatureVectorKryoSerializerTest.class.getClassLoader());
        return new KryoSerializer<>(type, serializers);
    }

    private static byte[] withLength(int length) {
        return ByteBuffer.wrap(VERSION_1.clone()).putInt(17, length).array();
    }
}
