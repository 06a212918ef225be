package org.mydropout.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryArrayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.flink.RefusedRecordException;

/** Tests for {@link MyDropoutFunction}. */
class MyDropoutFunctionTest {

    private static final float[] VALUES = {1.5f, -2, Float.NaN, 4, 5, 6, -0.0f, 8};

    private final MyDropoutFunction function = new MyDropoutFunction();

    static Stream<ArrayData> takesEveryKindOfArrayThatFlinkHas() {
        Float[] boxed = new Float[VALUES.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = VALUES[i];
        }
        return Stream.of(
                BinaryArrayData.fromPrimitiveArray(VALUES),
                new GenericArrayData(boxed),
                new GenericArrayData((Object[]) boxed.clone()),
                new GenericArrayData(Stream.of(boxed).toArray()));
    }

    @ParameterizedTest
    @MethodSource
    void takesEveryKindOfArrayThatFlinkHas(ArrayData features) {
        ArrayData expected = function.eval(new GenericArrayData(VALUES), 0.5, 42L, 1L, 2L);

        ArrayData result = function.eval(features, 0.5, 42L, 1L, 2L);

        assertThat(TestTables.bits(result.toFloatArray()))
                .isEqualTo(TestTables.bits(expected.toFloatArray()))
                .isNotEqualTo(TestTables.bits(VALUES))
                .contains(0);
    }

    @Test
    void neverWritesToItsInput() {
        float[] values = VALUES.clone();

        function.eval(new GenericArrayData(values), 0.5, 42L, 1L, 2L);

        assertThat(TestTables.bits(values)).isEqualTo(TestTables.bits(VALUES));
    }

    @Test
    void takesEachRowsRateSeedAndOptions() {
        ArrayData features = new GenericArrayData(VALUES);
        GenericMapData raw =
                new GenericMapData(
                        Map.of(StringData.fromString("flavor"), StringData.fromString("raw")));
        float[] first = function.eval(features, 0.5, 42L, 1L, 2L).toFloatArray();

        assertThat(function.eval(features, 0.25, 42L, 1L, 2L).toFloatArray()).isNotEqualTo(first);
        assertThat(function.eval(features, 0.5, 43L, 1L, 2L).toFloatArray()).isNotEqualTo(first);
        assertThat(function.eval(features, 0.5, 42L, 1L, 2L, raw).toFloatArray())
                .isNotEqualTo(first);
        assertThat(function.eval(features, 0.5, 42L, 1L, 2L).toFloatArray()).isEqualTo(first);
    }

    @Test
    void refusesAnIdOutOfRangeAlsoWhereNothingIsDropped() {
        assertThatThrownBy(() -> function.eval(new GenericArrayData(VALUES), 0.0, 42L, -1L, 2L))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("but is -1.");
    }
}
