package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.GoldenCase.GoldenRecord;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link RecordKeys}. */
class RecordKeysTest {

    private static final long SEED = 42;

    static Stream<GoldenCase> goldenCases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void equalsJaxOnEveryRecord(GoldenCase golden) {
        RecordKeys keys = new RecordKeys(golden.config());

        for (GoldenRecord record : golden.records()) {
            Object id = golden.accessor().id(record.input());
            long step = record.input().step();
            assertThat(keys.recordKey(id, step)).isEqualTo(record.key());
            assertThat(
                            id instanceof String text
                                    ? keys.recordKey(text, step)
                                    : keys.recordKey((long) id, step))
                    .isEqualTo(record.key());
        }
    }

    @Test
    void linenMaskKeyIsWhatMakeRngMakesOfTheRecordKey() {
        PrngKey key = PrngKey.of(7);

        assertThat(keys(builder()).maskKey(key))
                .isEqualTo(Rngs.of("dropout", key).makeRng("dropout"));
        assertThat(keys(builder().modulePath("Block_0", "MyDropout_0")).maskKey(key))
                .isEqualTo(
                        Rngs.of("dropout", key)
                                .child("Block_0")
                                .child("MyDropout_0")
                                .makeRng("dropout"));
    }

    @Test
    void rawMaskKeyIsTheRecordKey() {
        PrngKey key = PrngKey.of(7);

        assertThat(keys(builder().flavor(Flavor.RAW)).maskKey(key)).isSameAs(key);
    }

    @Test
    void anIntegerIdEqualsALongId() {
        RecordKeys keys = keys(builder());

        assertThat(keys.recordKey((Object) 5, 0)).isEqualTo(keys.recordKey(5L, 0));
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        RecordKeys keys = keys(builder().idType(IdType.UINT64).modulePath("A"));
        RecordKeys clone = InstantiationUtil.clone(keys);

        PrngKey key = clone.recordKey(-5L, 9);
        assertThat(key).isEqualTo(keys.recordKey(-5L, 9));
        assertThat(clone.maskKey(key)).isEqualTo(keys.maskKey(key));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAnIdOutsideUint32(long id) {
        RecordKeys keys = keys(builder());
        String message =
                "The id of a record must be from 0 to 4294967295 when dropout.id-type is uint32,"
                        + " but it is "
                        + id
                        + ".";

        assertThatThrownBy(() -> keys.recordKey(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> keys.check(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAStepOutsideUint32(long step) {
        String message =
                "The step of a record must be from 0 to 4294967295 when dropout.step-type is"
                        + " uint32, but that of id 5 is "
                        + step
                        + ".";

        assertThatThrownBy(() -> keys(builder()).recordKey(5L, step))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> keys(builder().idType(IdType.STRING)).recordKey("5", step))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> keys(builder()).check(5L, step))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(IdType.class)
    void refusesANullId(IdType idType) {
        RecordKeys keys = keys(builder().idType(idType));

        assertThatThrownBy(() -> keys.recordKey((Object) null, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("when dropout.id-type is " + idType + ", but it is null.");
        assertThatThrownBy(() -> keys.recordKey((String) null, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("when dropout.id-type is " + idType + ", but it is null.");
        assertThatThrownBy(() -> keys.check(null, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageEndingWith("when dropout.id-type is " + idType + ", but it is null.");
    }

    static Stream<Object[]> wrongTypes() {
        return Stream.of(
                new Object[] {IdType.UINT32, (short) 5, "a Long or an Integer", "java.lang.Short"},
                new Object[] {IdType.UINT32, "5", "a Long or an Integer", "java.lang.String"},
                new Object[] {IdType.UINT64, 5.0, "a Long or an Integer", "java.lang.Double"},
                new Object[] {IdType.STRING, 5L, "a String", "java.lang.Long"},
                new Object[] {IdType.STRING, '5', "a String", "java.lang.Character"});
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void refusesAnIdOfAnotherJavaType(IdType idType, Object id, String wanted, String given) {
        RecordKeys keys = keys(builder().idType(idType));

        assertThatThrownBy(() -> keys.recordKey(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The id of a record must be " + wanted)
                .hasMessageContaining("is the " + given + " 5");
        assertThatThrownBy(() -> keys.check(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The id of a record must be " + wanted);
    }

    @Test
    void refusesALongWhereIdsAreStrings() {
        assertThatThrownBy(() -> keys(builder().idType(IdType.STRING)).recordKey(5L, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("must be a String when dropout.id-type is string");
    }

    @ParameterizedTest
    @CsvSource({"'\ud800', 0", "'ab\udc00', 2", "'a\ud83d\ude00\ud83d', 3"})
    void refusesAStringWithoutAUtf8Form(String id, int index) {
        RecordKeys keys = keys(builder().idType(IdType.STRING));

        assertThatThrownBy(() -> keys.recordKey(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The id of a record must have a UTF-8 form")
                .hasMessageEndingWith("has an unpaired surrogate at index " + index + ".");
        assertThatThrownBy(() -> keys.check(id, 0))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The id of a record must have a UTF-8 form");
    }

    /** SHA-256 of nothing begins e3b0c442 98fc1c14. */
    @Test
    void foldsTheHashOfAStringInAsTwoWords() {
        assertThat(keys(builder().idType(IdType.STRING)).recordKey("", 3))
                .isEqualTo(PrngKey.of(SEED).foldIn(0xe3b0c442L).foldIn(0x98fc1c14L).foldIn(3));
    }

    private static DropoutConfig.Builder builder() {
        return DropoutConfig.builder().rate(0.5).seed(SEED);
    }

    private static RecordKeys keys(DropoutConfig.Builder builder) {
        return new RecordKeys(builder.build());
    }
}
