package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for the serializers of {@link FeatureVector}, with corrupt input. */
class SerializersFuzzTest {

    private static final byte[] VECTOR =
            HexFormat.of()
                    .parseHex(
                            "0000000000000007"
                                    + "ffffffffffffffff"
                                    + "00000002"
                                    + "0000803f0100c07f");

    @Provide
    Arbitrary<byte[]> records() {
        return Arbitraries.oneOf(Bytes.any(100), Bytes.damaged(VECTOR));
    }

    @Provide
    Arbitrary<byte[]> kryoRecords() {
        byte[] record = new byte[VECTOR.length + 1];
        record[0] = FeatureVectorKryoSerializer.VERSION;
        System.arraycopy(VECTOR, 0, record, 1, VECTOR.length);
        return Arbitraries.oneOf(Bytes.any(100), Bytes.damaged(record));
    }

    /** What is read is written as it came, so nothing was made up. */
    @Property(seed = "42")
    void serializerReadsOrRefuses(@ForAll("records") byte[] bytes) throws IOException {
        Optional<FeatureVector> vector =
                Untrusted.decode(
                        bytes.length,
                        IOException.class,
                        () ->
                                new FeatureVectorSerializer()
                                        .deserialize(new DataInputDeserializer(bytes)));

        if (vector.isPresent()) {
            DataOutputSerializer target = new DataOutputSerializer(16);
            new FeatureVectorSerializer().serialize(vector.get(), target);
            assertThat(bytes).startsWith(target.getCopyOfBuffer());
        }
    }

    @Property(seed = "42")
    void serializerCopiesWhatItReadsAndRefusesWhatItRefuses(@ForAll("records") byte[] bytes)
            throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(16);
        Optional<Integer> copied =
                Untrusted.decode(
                        bytes.length,
                        IOException.class,
                        () -> {
                            new FeatureVectorSerializer()
                                    .copy(new DataInputDeserializer(bytes), target);
                            return target.length();
                        });
        Optional<FeatureVector> read =
                Untrusted.decode(
                        bytes.length,
                        IOException.class,
                        () ->
                                new FeatureVectorSerializer()
                                        .deserialize(new DataInputDeserializer(bytes)));

        assertThat(copied.isPresent()).isEqualTo(read.isPresent());
        copied.ifPresent(
                length ->
                        assertThat(Arrays.copyOf(bytes, length))
                                .isEqualTo(Arrays.copyOf(target.getSharedBuffer(), length)));
    }

    @Property(seed = "42")
    void codecReadsOrRefuses(@ForAll("records") byte[] bytes) {
        Untrusted.decode(
                bytes.length,
                IOException.class,
                () ->
                        new FloatArrayCodec()
                                .read(new DataInputStream(new ByteArrayInputStream(bytes))));
    }

    @Property(seed = "42")
    void kryoSerializerReadsOrRefuses(@ForAll("kryoRecords") byte[] bytes) {
        Untrusted.decode(
                bytes.length,
                KryoException.class,
                () ->
                        new FeatureVectorKryoSerializer()
                                .read(new Kryo(), new Input(bytes), FeatureVector.class));
    }

    @Property(seed = "42")
    void snapshotReadsVersion1AndRefusesTheRest(
            @ForAll int version, @ForAll("records") byte[] bytes) {
        Optional<Boolean> read =
                Untrusted.decode(
                        bytes.length,
                        IOException.class,
                        () -> {
                            new FeatureVectorSerializerSnapshot()
                                    .readSnapshot(
                                            version,
                                            new DataInputDeserializer(bytes),
                                            getClass().getClassLoader());
                            return true;
                        });

        assertThat(read.isPresent()).isEqualTo(version == FeatureVectorSerializerSnapshot.VERSION);
    }
}
