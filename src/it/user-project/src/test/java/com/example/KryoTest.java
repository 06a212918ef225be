package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.FeatureVectorKryoSerializer;

/** Tests for feature vectors inside a type that Flink hands to Kryo. */
class KryoTest {

    /** Neither a POJO nor a record, so a generic type for Flink. */
    static final class Batch {
        private final ArrayList<FeatureVector> vectors = new ArrayList<>();

        List<FeatureVector> vectors() {
            return vectors;
        }
    }

    @Test
    @DisplayName("FeatureVector through Kryo, by pipeline.serialization-config")
    void batchesOfVectorsTravelThroughKryo() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                PipelineOptions.SERIALIZATION_CONFIG,
                List.of(
                        "%s: {type: kryo, kryo-type: registered, class: %s}"
                                .formatted(
                                        FeatureVector.class.getName(),
                                        FeatureVectorKryoSerializer.class.getName())));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        Batch batch = new Batch();
        batch.vectors.add(new FeatureVector(1, 2, new float[] {-0f, Float.NaN, 0.1f}));
        batch.vectors.add(new FeatureVector(3, 4, new float[0]));
        TypeInformation<Batch> type = TypeInformation.of(Batch.class);
        assertThat(type).isInstanceOf(GenericTypeInfo.class);

        List<Batch> output =
                CollectionUtil.iteratorToList(
                        environment.fromData(type, batch).rebalance().executeAndCollect());

        assertThat(output).singleElement().extracting(Batch::vectors).isEqualTo(batch.vectors());
    }
}
