package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.GenericArraySerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Tests for {@link FeatureVectorSerializer}, in addition to Flink's tests for all serializers. */
class FeatureVectorSerializerTest extends SerializerTestBase<FeatureVector> {

    @Override
    protected TypeSerializer<FeatureVector> createSerializer() {
        return new FeatureVectorSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<FeatureVector> getTypeClass() {
        return FeatureVector.class;
    }

    @Override
    protected FeatureVector[] getTestData() {
        float[] special = {
            0f,
            -0f,
            Float.NaN,
            Float.intBitsToFloat(0xffc00123),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            Float.MAX_VALUE
        };
        return new FeatureVector[] {
            new FeatureVector(0, 0, new float[0]),
            new FeatureVector(0xFFFF_FFFFL, 0xFFFF_FFFFL, special),
            new FeatureVector(-1, Long.MIN_VALUE, new float[784]),
            new FeatureVector(1, 2, new float[10_000])
        };
    }

    @Test
    void writesTheFormatOfVersion1() throws IOException {
        assertThat(HexFormat.of().formatHex(bytes(new FeatureVector(7, -1, new float[] {1f}))))
                .isEqualTo("0000000000000007" + "ffffffffffffffff" + "00000001" + "0000803f");
    }

    @Test
    void copySharesNoArray() {
        FeatureVector original = new FeatureVector(1, 2, new float[] {3f});

        FeatureVector copy = createSerializer().copy(original);
        copy.values()[0] = 4f;

        assertThat(original.values()).containsExactly(3f);
    }

    /** Flink copies the elements of a container only if their type is not immutable. */
    @Test
    void copyOfAContainerSharesNoArray() {
        FeatureVector original = new FeatureVector(1, 2, new float[] {3f});
        GenericArraySerializer<FeatureVector> container =
                new GenericArraySerializer<>(FeatureVector.class, createSerializer());

        FeatureVector copy = container.copy(new FeatureVector[] {original})[0];
        copy.values()[0] = 4f;

        assertThat(original.values()).containsExactly(3f);
        assertThat(createSerializer().isImmutableType()).isFalse();
    }

    @Test
    void duplicateIsAnotherInstance() {
        TypeSerializer<FeatureVector> serializer = createSerializer();

        assertThat(serializer.duplicate())
                .isNotSameAs(serializer)
                .isEqualTo(serializer)
                .isNotEqualTo(StringSerializer.INSTANCE);
    }

    @Test
    void refusesTruncatedInputOfAnyLength() throws IOException {
        byte[] bytes = bytes(new FeatureVector(7, 3, new float[] {1f, 2f}));

        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(
                            () ->
                                    createSerializer()
                                            .deserialize(new DataInputDeserializer(truncated)))
                    .isInstanceOf(EOFException.class);
        }
    }

    private byte[] bytes(FeatureVector record) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(16);
        createSerializer().serialize(record, target);
        return target.getCopyOfBuffer();
    }
}
