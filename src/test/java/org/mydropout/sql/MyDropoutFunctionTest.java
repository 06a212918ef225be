package org.mydropout.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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
import org.junit.jupiter.params.provider.ValueSource;
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

    /** What MYDROPOUT drops, at every rate; all of it, and nothing where it is switched off. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 1})
    void givesTheMaskThatIsApplied(double rate) {
        float[] ones = new float[100];
        Arrays.fill(ones, 1);
        ArrayData features = new GenericArrayData(ones);

        float[] dropped = function.eval(features, rate, 42L, 1L, 2L).toFloatArray();

        boolean[] kept =
                new MyDropoutMaskFunction().eval(features, rate, 42L, 1L, 2L).toBooleanArray();
        assertThat(kept).hasSize(100);
        for (int i = 0; i < kept.length; i++) {
            assertThat(kept[i]).isEqualTo(dropped[i] != 0);
        }
    }

    @Test
    void givesAMaskThatKeepsAllWhereDropoutIsSwitchedOff() {
        boolean[] kept =
                new MyDropoutMaskFunction()
                        .eval(
                                new GenericArrayData(VALUES),
                                0.5,
                                42L,
                                StringData.fromString("a").toString(),
                                2L,
                                new GenericMapData(
                                        Map.of(
                                                StringData.fromString("deterministic"),
                                                StringData.fromString("true"))))
                        .toBooleanArray();

        assertThat(kept).hasSize(VALUES.length).containsOnly(true);
    }

    @Test
    void neverWritesToItsInput() {
        float[] values = VALUES.clone();

        function.eval(new GenericArrayData(values), 0.5, 42L, 1L, 2L);

        assertThat(TestTables.bits(values)).isEqualTo(TestTables.bits(VALUES));
    }

    /** The values that a row may change from the previous row. */
    record Row(double rate, long seed, long id, long step, String flavor) {

        ArrayData eval(MyDropoutFunction function) {
            return function.eval(
                    new GenericArrayData(VALUES),
                    rate,
                    seed,
                    id,
                    step,
                    new GenericMapData(
                            Map.of(
                                    StringData.fromString("flavor"),
                                    StringData.fromString(flavor))));
        }
    }

    static Stream<Row> takesEachRowsOwnArguments() {
        return Stream.of(
                new Row(0.25, 42, 1, 2, "linen"),
                new Row(0.5, 43, 1, 2, "linen"),
                new Row(0.5, 42, 3, 2, "linen"),
                new Row(0.5, 42, 1, 3, "linen"),
                new Row(0.5, 42, 1, 2, "raw"));
    }

    @ParameterizedTest
    @MethodSource
    void takesEachRowsOwnArguments(Row other) {
        Row row = new Row(0.5, 42, 1, 2, "linen");
        float[] expected = row.eval(new MyDropoutFunction()).toFloatArray();
        float[] expectedOther = other.eval(new MyDropoutFunction()).toFloatArray();

        assertThat(expectedOther).isNotEqualTo(expected);
        assertThat(row.eval(function).toFloatArray()).isEqualTo(expected);
        assertThat(other.eval(function).toFloatArray()).isEqualTo(expectedOther);
        assertThat(row.eval(function).toFloatArray()).isEqualTo(expected);
    }

    @Test
    void takesRowsWithoutOptionsBetweenOthers() {
        Row raw = new Row(0.5, 42, 1, 2, "raw");
        float[] expected = new Row(0.5, 42, 1, 2, "linen").eval(function).toFloatArray();
        raw.eval(function);

        assertThat(function.eval(new GenericArrayData(VALUES), 0.5, 42L, 1L, 2L).toFloatArray())
                .isEqualTo(expected);
    }

    @Test
    void refusesAnIdOutOfRangeAlsoWhereNothingIsDropped() {
        assertThatThrownBy(() -> function.eval(new GenericArrayData(VALUES), 0.0, 42L, -1L, 2L))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("but is -1.");
    }
}
