package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for the serializers of {@link FeatureVector}, with corrupt input. */
class SerializersFuzzTest {

    /** Allows for buffers, and for an array or a target that doubles as it grows. */
    private static final Untrusted VIEW = new Untrusted(IOException.class, 32 << 10, 6);

    private static final Untrusted KRYO = new Untrusted(KryoException.class, 32 << 10, 6);

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

    /** A length up to the greatest array length, followed by few elements or none. */
    @Provide
    Arbitrary<byte[]> longerThanTheInput() {
        return Combinators.combine(
                        Arbitraries.integers().between(10_000, Integer.MAX_VALUE - 8),
                        Arbitraries.integers().between(0, 9_999))
                .as(
                        (length, elements) ->
                                ByteBuffer.allocate(Integer.BYTES + elements * Float.BYTES)
                                        .putInt(length)
                                        .array());
    }

    @Property
    void elementsThatDoNotComeTakeNoMemory(@ForAll("longerThanTheInput") byte[] array) {
        byte[] record = ByteBuffer.allocate(16 + array.length).put(16, array).array();
        byte[] kryoRecord = ByteBuffer.allocate(1 + record.length).put(1, record).array();
        kryoRecord[0] = FeatureVectorKryoSerializer.VERSION;

        assertThat(VIEW.decode(array.length, () -> readArray(array))).isEmpty();
        assertThat(VIEW.decode(record.length, () -> read(record))).isEmpty();
        assertThat(VIEW.decode(record.length, () -> copied(record))).isEmpty();
        assertThat(KRYO.decode(kryoRecord.length, () -> readByKryo(kryoRecord))).isEmpty();
    }

    /** The record that was read is written as the same bytes, so nothing was invented. */
    @Property
    void serializerReadsOrRefuses(@ForAll("records") byte[] bytes) throws IOException {
        Optional<FeatureVector> vector = VIEW.decode(bytes.length, () -> read(bytes));

        if (vector.isPresent()) {
            DataOutputSerializer target = new DataOutputSerializer(16);
            new FeatureVectorSerializer().serialize(vector.get(), target);
            assertThat(bytes).startsWith(target.getCopyOfBuffer());
        }
    }

    @Property
    void serializerCopiesWhatItReadsAndRefusesWhatItRefuses(@ForAll("records") byte[] bytes) {
        Optional<byte[]> copied = VIEW.decode(bytes.length, () -> copied(bytes));
        Optional<FeatureVector> read = VIEW.decode(bytes.length, () -> read(bytes));

        assertThat(copied.isPresent()).isEqualTo(read.isPresent());
        copied.ifPresent(copy -> assertThat(bytes).startsWith(copy));
    }

    @Property
    void codecReadsOrRefuses(@ForAll("records") byte[] bytes) {
        VIEW.decode(bytes.length, () -> readArray(bytes));
    }

    @Property
    void kryoSerializerReadsOrRefuses(@ForAll("kryoRecords") byte[] bytes) {
        KRYO.decode(bytes.length, () -> readByKryo(bytes));
    }

    @Property
    void snapshotReadsVersion1AndRefusesTheRest(
            @ForAll int version, @ForAll("records") byte[] bytes) {
        Optional<Boolean> read =
                VIEW.decode(
                        bytes.length,
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

    private static float[] readArray(byte[] bytes) throws IOException {
        return new FloatArrayCodec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static FeatureVector read(byte[] bytes) throws IOException {
        return new FeatureVectorSerializer().deserialize(new DataInputDeserializer(bytes));
    }

    private static byte[] copied(byte[] bytes) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(16);
        new FeatureVectorSerializer().copy(new DataInputDeserializer(bytes), target);
        return target.getCopyOfBuffer();
    }

    /** The serializer does not use the Kryo instance. */
    private static FeatureVector readByKryo(byte[] bytes) {
        return new FeatureVectorKryoSerializer().read(null, new Input(bytes), FeatureVector.class);
    }
}
