package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeInformationTestBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;

/** Tests for {@link FeatureVectorTypeInfo}. */
class FeatureVectorTypeInfoTest extends TypeInformationTestBase<FeatureVectorTypeInfo> {

    @Override
    protected FeatureVectorTypeInfo[] getTestData() {
        return new FeatureVectorTypeInfo[] {FeatureVectorTypeInfo.INSTANCE};
    }

    @Test
    void createsItsOwnSerializerEvenWhenKryoIsForced() {
        Configuration config =
                new Configuration()
                        .set(PipelineOptions.FORCE_KRYO, true)
                        .set(PipelineOptions.GENERIC_TYPES, false);

        assertThat(
                        FeatureVectorTypeInfo.INSTANCE.createSerializer(
                                new SerializerConfigImpl(config)))
                .isInstanceOf(FeatureVectorSerializer.class);
    }

    @Test
    void isNoKey() {
        assertThat(FeatureVectorTypeInfo.INSTANCE.isKeyType()).isFalse();
    }
}
