package org.mydropout.flink;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The version of {@link FeatureVectorSerializer}'s format, as savepoints store it. The format has
 * no other settings. Savepoints contain the name of this class, so it must not be renamed.
 */
@Internal
public final class FeatureVectorSerializerSnapshot
        implements TypeSerializerSnapshot<FeatureVector> {

    /** Format 1: id and step as big-endian longs, then {@link FloatArrayCodec}. */
    static final int VERSION = 1;

    /** Called by Flink, by reflection. */
    public FeatureVectorSerializerSnapshot() {}

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {}

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new UnknownFormatException(
                    "The state holds FeatureVectors in format version "
                            + readVersion
                            + ", but this version of flink-mydropout reads version "
                            + VERSION
                            + " only: restore it with the version that wrote it, or a newer one.");
        }
    }

    @Override
    public TypeSerializer<FeatureVector> restoreSerializer() {
        return new FeatureVectorSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<FeatureVector> resolveSchemaCompatibility(
            TypeSerializerSnapshot<FeatureVector> oldSerializerSnapshot) {
        return oldSerializerSnapshot instanceof FeatureVectorSerializerSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
