package org.mydropout.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Creates the type information of {@link FeatureVector}, whose annotation names this class. */
@Internal
public final class FeatureVectorTypeInfoFactory extends TypeInfoFactory<FeatureVector> {

    @Override
    public TypeInformation<FeatureVector> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return FeatureVectorTypeInfo.INSTANCE;
    }
}
