package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Tests for {@link FeatureVectorSerializerSnapshot}. */
class FeatureVectorSerializerSnapshotTest {

    private static final ClassLoader CLASS_LOADER =
            FeatureVectorSerializerSnapshotTest.class.getClassLoader();

    @Test
    void restoresTheSerializerFromWhatASavepointHolds() throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                bytes, new FeatureVectorSerializer().snapshotConfiguration());

        TypeSerializerSnapshot<FeatureVector> restored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(bytes.getCopyOfBuffer()), CLASS_LOADER);

        assertThat(restored.restoreSerializer()).isEqualTo(new FeatureVectorSerializer());
        assertThat(
                        new FeatureVectorSerializerSnapshot()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void refusesAnUnknownVersion() throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        bytes.writeUTF(FeatureVectorSerializerSnapshot.class.getName());
        bytes.writeInt(2);

        assertThatThrownBy(
                        () ->
                                TypeSerializerSnapshot.readVersionedSnapshot(
                                        new DataInputDeserializer(bytes.getCopyOfBuffer()),
                                        CLASS_LOADER))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The state holds FeatureVectors in format version 2, but this version of"
                                + " flink-mydropout reads version 1 only: restore it with the"
                                + " version that wrote it, or a newer one.");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesStateOfAnotherType() {
        TypeSerializerSnapshot other = LongSerializer.INSTANCE.snapshotConfiguration();

        assertThat(
                        new FeatureVectorSerializerSnapshot()
                                .resolveSchemaCompatibility(other)
                                .isIncompatible())
                .isTrue();
    }
}
