package org.mydropout.flink;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link FeatureVector}s between tasks and into state: id and step as big-endian longs,
 * then the elements as {@link FloatArrayCodec} writes them. The bytes carry no version; {@link
 * FeatureVectorSerializerSnapshot} holds it.
 *
 * <p>{@link #copy(FeatureVector)} also copies the array, as Flink expects of a mutable type.
 */
@Internal
public final class FeatureVectorSerializer extends TypeSerializer<FeatureVector> {

    private static final long serialVersionUID = 1L;

    private transient FloatArrayCodec codec;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    /** Returns a new instance, because threads must not share the buffer of an instance. */
    @Override
    public TypeSerializer<FeatureVector> duplicate() {
        return new FeatureVectorSerializer();
    }

    @Override
    public FeatureVector createInstance() {
        return new FeatureVector(0, 0, new float[0]);
    }

    @Override
    public FeatureVector copy(FeatureVector from) {
        return new FeatureVector(from.id(), from.step(), from.values().clone());
    }

    @Override
    public FeatureVector copy(FeatureVector from, FeatureVector reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(FeatureVector record, DataOutputView target) throws IOException {
        target.writeLong(record.id());
        target.writeLong(record.step());
        codec().write(record.values(), target);
    }

    @Override
    public FeatureVector deserialize(DataInputView source) throws IOException {
        return new FeatureVector(source.readLong(), source.readLong(), codec().read(source));
    }

    @Override
    public FeatureVector deserialize(FeatureVector reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.writeLong(source.readLong());
        target.writeLong(source.readLong());
        codec().copy(source, target);
    }

    @Override
    public TypeSerializerSnapshot<FeatureVector> snapshotConfiguration() {
        return new FeatureVectorSerializerSnapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVectorSerializer;
    }

    @Override
    public int hashCode() {
        return FeatureVectorSerializer.class.hashCode();
    }

    private FloatArrayCodec codec() {
        if (codec == null) {
            codec = new FloatArrayCodec();
        }
        return codec;
    }
}
