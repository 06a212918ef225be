package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Tests for {@link FeatureVector}. */
class FeatureVectorTest {

    private static final FeatureVector VECTOR = vector(7, 3, 1f, Float.NaN, -0f);

    @Test
    void equalsAnotherOfTheSameContent() {
        FeatureVector same = vector(7, 3, 1f, Float.NaN, -0f);

        assertThat(VECTOR).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void differsInIdStepLengthAndAnyBit() {
        float otherNan = Float.intBitsToFloat(0x7fc00001);

        assertThat(VECTOR)
                .isNotEqualTo(vector(8, 3, 1f, Float.NaN, -0f))
                .isNotEqualTo(vector(7, 4, 1f, Float.NaN, -0f))
                .isNotEqualTo(vector(7, 3, 1f, Float.NaN))
                .isNotEqualTo(vector(7, 3, 1f, Float.NaN, 0f))
                .isNotEqualTo(vector(7, 3, 1f, otherNan, -0f))
                .isNotEqualTo(null);
    }

    @Test
    void hashIsTheSameInEveryJvm() {
        // 31 * (31 * 7 + 3) + bits of 1f, where 7, 3 and 0x3f800000 hash to themselves.
        assertThat(vector(7, 3, 1f).hashCode()).isEqualTo(31 * (31 * 7 + 3) + 0x3f800000);
    }

    @Test
    void showsItsElements() {
        assertThat(VECTOR).hasToString("FeatureVector[id=7, step=3, values=[1.0, NaN, -0.0]]");
    }

    @Test
    void refusesToHaveNoArray() {
        assertThatThrownBy(() -> new FeatureVector(1, 2, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("The values of a FeatureVector must not be null.");
    }

    @Test
    void accessorReadsAndReplaces() {
        float[] values = {5f};

        assertThat(FeatureVector.ACCESSOR.id(VECTOR)).isEqualTo(7L);
        assertThat(FeatureVector.ACCESSOR.step(VECTOR)).isEqualTo(3);
        assertThat(FeatureVector.ACCESSOR.vector(VECTOR)).isSameAs(VECTOR.values());
        FeatureVector replaced = FeatureVector.ACCESSOR.withVector(VECTOR, 9, values);
        assertThat(replaced).isEqualTo(vector(7, 9, 5f));
        assertThat(replaced.values()).isSameAs(values);
    }

    @Test
    void accessorSurvivesJavaSerialization() throws Exception {
        assertThat(InstantiationUtil.clone(FeatureVector.ACCESSOR))
                .isSameAs(FeatureVector.ACCESSOR);
    }

    @Test
    void flinkFindsItsOwnTypeInformation() {
        assertThat(TypeInformation.of(FeatureVector.class))
                .isSameAs(FeatureVectorTypeInfo.INSTANCE);
    }

    private static FeatureVector vector(long id, long step, float... values) {
        return new FeatureVector(id, step, values);
    }
}
