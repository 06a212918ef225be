package org.mydropout.flink;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Serializes a {@link FeatureVector} inside an object that Flink hands to Kryo: a field of a
 * generic type, or any object under {@code pipeline.force-kryo}. A FeatureVector by itself never
 * goes through Kryo.
 *
 * <p>Register it with {@code pipeline.serialization-config}:
 *
 * <pre>{@code
 * pipeline:
 *   serialization-config:
 *     - org.mydropout.flink.FeatureVector: {type: kryo, kryo-type: registered,
 *         class: org.mydropout.flink.FeatureVectorKryoSerializer}
 * }</pre>
 *
 * <p>The bytes begin with a format version, because Flink does not detect a changed Kryo serializer
 * when it restores state. Version 1: id and step as big-endian longs, then the elements as {@link
 * FloatArrayCodec} writes them.
 */
@PublicEvolving
public final class FeatureVectorKryoSerializer extends Serializer<FeatureVector> {

    /** The version byte that begins each record. */
    static final byte VERSION = 1;

    private final FloatArrayCodec codec = new FloatArrayCodec();

    /** Called by Kryo, by reflection. */
    public FeatureVectorKryoSerializer() {}

    @Override
    public void write(Kryo kryo, Output output, FeatureVector record) {
        DataOutputStream target = new DataOutputStream(output);
        try {
            target.writeByte(VERSION);
            target.writeLong(record.id());
            target.writeLong(record.step());
            codec.write(record.values(), target);
        } catch (IOException e) {
            throw new KryoException("A FeatureVector could not be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws KryoException if the version is unknown, the length is invalid, or the input ends too
     *     early. In the last case the cause is an {@link EOFException}, as Flink expects.
     */
    @Override
    public FeatureVector read(Kryo kryo, Input input, Class<? extends FeatureVector> type) {
        DataInputStream source = new DataInputStream(input);
        try {
            requireVersion(source.readByte());
            return new FeatureVector(source.readLong(), source.readLong(), codec.read(source));
        } catch (EOFException e) {
            throw truncated(e);
        } catch (IOException e) {
            throw new KryoException("A FeatureVector could not be read: " + e.getMessage(), e);
        } catch (KryoException e) {
            throw isUnderflow(e) ? truncated(e) : e;
        }
    }

    private static void requireVersion(byte version) {
        if (version != VERSION) {
            throw new KryoException(
                    "A FeatureVector was written by Kryo in format version "
                            + version
                            + ", but this version of flink-mydropout reads version "
                            + VERSION
                            + " only; or the bytes were written by something else.");
        }
    }

    /**
     * Tests the message, as Flink 1.20 does, because its Kryo has no exception class for an
     * underflow.
     */
    private static boolean isUnderflow(KryoException e) {
        return e.getMessage() != null && e.getMessage().startsWith("Buffer underflow");
    }

    private static KryoException truncated(Exception cause) {
        EOFException truncated =
                new EOFException(
                        "A FeatureVector is truncated: the input ends before its last byte.");
        truncated.initCause(cause);
        return new KryoException(truncated.getMessage(), truncated);
    }

    /** Copies the record and its array. Flink's fallback would serialize and deserialize. */
    @Override
    public FeatureVector copy(Kryo kryo, FeatureVector original) {
        return new FeatureVector(original.id(), original.step(), original.values().clone());
    }
}
