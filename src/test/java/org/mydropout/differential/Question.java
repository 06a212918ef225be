package org.mydropout.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout;

/** The whole batch, big-endian, as {@code src/test/python/differential.py} reads it. */
final class Question {

    private Question() {}

    static byte[] of(Batch batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(batch.module());
        out.writeInt(batch.size());
        out.writeBoolean(batch.config().threefryPartitionable());
        out.writeBoolean(batch.config().enableX64());
        out.writeDouble(batch.rate());
        out.writeLong(batch.seed());
        out.writeBoolean(batch.raw());
        out.writeBoolean(batch.separator());
        out.writeBoolean(batch.scaling() == MyDropout.Scaling.DIVIDE);
        out.writeBoolean(batch.subnormals() == MyDropout.Subnormals.KEEP);
        out.writeByte(
                switch (batch.idType()) {
                    case UINT32 -> 0;
                    case UINT64 -> 1;
                    case STRING -> 2;
                });
        out.writeBoolean(batch.stepType() == StepType.UINT64);
        out.writeInt(batch.names().size());
        for (String name : batch.names()) {
            write(out, name);
        }
        out.writeInt(batch.ids().size());
        for (Object id : batch.ids()) {
            if (id instanceof String text) {
                write(out, text);
            } else {
                out.writeLong((Long) id);
            }
        }
        for (long step : batch.steps()) {
            out.writeLong(step);
        }
        for (int[] vector : batch.vectors()) {
            ByteBuffer elements = ByteBuffer.allocate(vector.length * Integer.BYTES);
            elements.asIntBuffer().put(vector);
            out.write(elements.array());
        }
        return bytes.toByteArray();
    }

    /** The salt and number of a batch, as {@link VectorApiPeer} reads them. */
    static byte[] of(long salt, long number) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(number).array();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
