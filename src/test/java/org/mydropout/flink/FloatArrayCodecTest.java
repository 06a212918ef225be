package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.fuzz.Allocation;

/** Tests for {@link FloatArrayCodec}. */
class FloatArrayCodecTest {

    private final FloatArrayCodec codec = new FloatArrayCodec();

    @Test
    void writesBigEndianLengthAndLittleEndianElements() throws IOException {
        assertThat(HexFormat.of().formatHex(written(new float[] {1f, -0f})))
                .isEqualTo("00000002" + "0000803f" + "00000080");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2047, 2048, 2049, 4096, 4097, 100_000})
    void readsWhatItWrote(int length) throws IOException {
        float[] values = distinct(length);
        byte[] bytes = written(values);

        assertThat(bytes).hasSize(Integer.BYTES + length * Float.BYTES);
        assertThat(codec.read(new DataInputDeserializer(bytes))).containsExactly(values);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2049, 100_000})
    void copiesWhatItWrote(int length) throws IOException {
        byte[] bytes = written(distinct(length));
        DataOutputSerializer copy = new DataOutputSerializer(16);

        codec.copy(new DataInputDeserializer(bytes), copy);

        assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x7fc00000,
                0x7fc00001,
                0xffc00000,
                0x7f800001,
                0x80000000,
                0x00000001,
                0x7f800000
            })
    void keepsEveryBit(int bits) throws IOException {
        byte[] bytes = written(new float[] {Float.intBitsToFloat(bits)});

        float[] values = codec.read(new DataInputDeserializer(bytes));

        assertThat(Float.floatToRawIntBits(values[0])).isEqualTo(bits);
    }

    @Test
    void consumesItsOwnBytesOnly() throws IOException {
        byte[] two = Arrays.copyOf(written(distinct(3000)), 2 * (4 + 4 * 3000));
        System.arraycopy(two, 0, two, two.length / 2, two.length / 2);
        DataInputDeserializer source = new DataInputDeserializer(two);

        assertThat(codec.read(source)).isEqualTo(codec.read(source));
        assertThat(source.available()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7})
    void refusesALengthThatNoArrayHas(int length) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();

        assertThatThrownBy(() -> codec.read(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The length of a float array must be from 0 to 2147483639, but the bytes"
                                + " say "
                                + length
                                + ": they are corrupt, or were written by something else.");
        assertThatThrownBy(
                        () ->
                                codec.copy(
                                        new DataInputDeserializer(bytes),
                                        new DataOutputSerializer(16)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be from 0 to 2147483639");
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000_000, Integer.MAX_VALUE - 8})
    void takesNoMemoryForALengthWithoutElements(int length) throws Exception {
        byte[] bytes = ByteBuffer.allocate(4 + 3000 * 4).putInt(length).array();

        String message =
                Allocation.within(
                        64 << 10,
                        () ->
                                catchThrowableOfType(
                                                EOFException.class,
                                                () -> codec.read(new DataInputDeserializer(bytes)))
                                        .getMessage());

        assertThat(message)
                .isEqualTo(
                        "A float array of "
                                + length
                                + " elements is truncated: the input ends among elements 2048 to"
                                + " 4095.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 11})
    void refusesTruncatedInput(int length) throws IOException {
        byte[] bytes = Arrays.copyOf(written(new float[] {1f, 2f}), length);

        assertThatThrownBy(() -> codec.read(new DataInputDeserializer(bytes)))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> codec.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(EOFException.class);
    }

    private byte[] written(float[] values) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(16);
        codec.write(values, target);
        return target.getCopyOfBuffer();
    }

    private static float[] distinct(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i + 0.5f;
        }
        return values;
    }
}
