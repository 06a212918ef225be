package org.mydropout.differential;

import java.nio.ByteBuffer;
import java.util.List;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.layer.Derivation;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.PrngKey;

/** The kernel's answer to a batch, with the loops of this JVM. */
final class KernelAnswer {

    private KernelAnswer() {}

    /** The length of the answer in bytes. */
    static int length(Batch batch) {
        return Batch.RECORDS * (3 * Integer.BYTES + batch.size() * (1 + Integer.BYTES));
    }

    /**
     * The sampled key of each record in two words, the number of its kept elements, the masks with
     * a byte per element, and the bits of the values. All are big-endian.
     */
    static byte[] of(Batch batch) {
        MyDropout layer =
                new MyDropout(batch.rate(), batch.scaling(), batch.subnormals(), batch.config());
        ModulePath path = new ModulePath(batch.names(), batch.separator());
        KeyedTransform transform =
                new KeyedTransform(
                        new RecordKeys(
                                PrngKey.of(batch.seed(), batch.config()),
                                batch.idType(),
                                batch.stepType()),
                        List.of(batch.raw() ? KeyedLayer.raw(layer) : KeyedLayer.at(path, layer)));
        int size = batch.size();
        ByteBuffer keys = ByteBuffer.allocate(Batch.RECORDS * 2 * Integer.BYTES);
        ByteBuffer counts = ByteBuffer.allocate(Batch.RECORDS * Integer.BYTES);
        ByteBuffer masks = ByteBuffer.allocate(Batch.RECORDS * size);
        ByteBuffer values = ByteBuffer.allocate(Batch.RECORDS * size * Integer.BYTES);
        for (int i = 0; i < Batch.RECORDS; i++) {
            float[] x = new float[size];
            for (int j = 0; j < size; j++) {
                x[j] = Float.intBitsToFloat(batch.vectors()[i][j]);
            }
            PrngKey key = derivation(transform, batch, i).samples().get(0).key();
            keys.putInt(key.word0()).putInt(key.word1());
            putMask(new Bernoulli(1.0 - batch.rate(), batch.config()), key, size, masks);
            LayerOutput output = apply(transform, batch, i, x);
            counts.putInt(size - (int) output.dropped());
            for (float value : output.values()) {
                values.putInt(Float.floatToRawIntBits(value));
            }
        }
        return ByteBuffer.allocate(length(batch))
                .put(keys.array())
                .put(counts.array())
                .put(masks.array())
                .put(values.array())
                .array();
    }

    /** Draws with the loops of this JVM, which {@code JaxRandom} does not use. */
    private static void putMask(Bernoulli keep, PrngKey key, int size, ByteBuffer masks) {
        byte[] mask = new byte[size];
        int[] words = Bernoulli.words();
        for (int block = 0; block < keep.blocks(size); block++) {
            int length = keep.draw(key, size, block, words);
            int from = keep.from(size, block);
            for (int i = 0; i < length; i++) {
                mask[from + i] =
                        (byte) (words[keep.at(size, block) + i] >>> 9 < keep.threshold() ? 1 : 0);
            }
        }
        masks.put(mask);
    }

    private static Derivation derivation(KeyedTransform transform, Batch batch, int record) {
        return batch.ids().get(record) instanceof String id
                ? transform.derivation(id, batch.steps()[record])
                : transform.derivation((Long) batch.ids().get(record), batch.steps()[record]);
    }

    private static LayerOutput apply(KeyedTransform transform, Batch batch, int record, float[] x) {
        return batch.ids().get(record) instanceof String id
                ? transform.apply(id, batch.steps()[record], x)
                : transform.apply((Long) batch.ids().get(record), batch.steps()[record], x);
    }
}
