package org.mydropout.flink;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's type information of {@link FeatureVector}: an opaque value with its own serializer. It
 * cannot be a key; key a stream by {@link FeatureVector#id()}.
 */
@PublicEvolving
public final class FeatureVectorTypeInfo extends TypeInformation<FeatureVector> {

    /** The instance to use. All instances are equal. */
    public static final FeatureVectorTypeInfo INSTANCE = new FeatureVectorTypeInfo();

    private static final long serialVersionUID = 1L;

    private FeatureVectorTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<FeatureVector> getTypeClass() {
        return FeatureVector.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<FeatureVector> createSerializer(SerializerConfig config) {
        return new FeatureVectorSerializer();
    }

    @Override
    public String toString() {
        return "FeatureVector";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVectorTypeInfo;
    }

    @Override
    public int hashCode() {
        return FeatureVectorTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof FeatureVectorTypeInfo;
    }
}
