package org.mydropout.kernel.flax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.flax.RecordKeys.Part;
import org.mydropout.kernel.random.PrngKey;

/**
 * Tests for {@link RecordKeys}. The tests of {@link org.mydropout.kernel.layer.KeyedTransform}
 * compare its keys with JAX.
 */
class RecordKeysTest {

    private static final PrngKey BASE = PrngKey.of(42);

    @Test
    void foldsOneWordOfAUint32() {
        PrngKey idKey = BASE.foldIn(0xFFFF_FFFFL);
        PrngKey stepKey = idKey.foldIn(3);

        assertThat(keys(IdType.UINT32).key(0xFFFF_FFFFL, 3)).isEqualTo(stepKey);
        assertThat(keys(IdType.UINT32).folds(0xFFFF_FFFFL, 3))
                .containsExactly(
                        new Fold(Part.ID, 0xFFFF_FFFFL, idKey), new Fold(Part.STEP, 3, stepKey));
    }

    @Test
    void foldsHighAndLowWordOfAUint64() {
        RecordKeys keys = new RecordKeys(BASE, IdType.UINT64, StepType.UINT64);
        PrngKey high = BASE.foldIn(0xFFFF_FFFFL);
        PrngKey low = high.foldIn(0xFFFF_FFFBL);
        PrngKey stepHigh = low.foldIn(1);
        PrngKey stepLow = stepHigh.foldIn(2);

        assertThat(keys.key(-5, 0x1_0000_0002L)).isEqualTo(stepLow);
        assertThat(keys.folds(-5, 0x1_0000_0002L))
                .containsExactly(
                        new Fold(Part.ID, 0xFFFF_FFFFL, high),
                        new Fold(Part.ID, 0xFFFF_FFFBL, low),
                        new Fold(Part.STEP, 1, stepHigh),
                        new Fold(Part.STEP, 2, stepLow));
    }

    /** The SHA-256 of the empty string begins with e3b0c442 98fc1c14. */
    @Test
    void foldsTheHashOfAStringInAsTwoWords() {
        RecordKeys keys = keys(IdType.STRING);
        PrngKey expected = BASE.foldIn(0xe3b0c442L).foldIn(0x98fc1c14L).foldIn(3);

        assertThat(keys.key("", 3)).isEqualTo(expected);
        assertThat(keys.folds("", 3))
                .extracting(Fold::word)
                .containsExactly(0xe3b0c442L, 0x98fc1c14L, 3L);
        assertThat(keys.folds("", 3)).last().extracting(Fold::key).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAnIdOutsideUint32(long id) {
        assertEachRefuses(
                keys(IdType.UINT32),
                id,
                0,
                "The id of a record must be from 0 to 4294967295 when id-type is uint32, but is %d.",
                id);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAStepOutsideUint32(long step) {
        String message =
                "The step of a record must be from 0 to 4294967295 when step-type is uint32, but"
                        + " that of id 5 is %d.";

        assertEachRefuses(keys(IdType.UINT32), 5, step, message, step);
        assertEachRefuses(keys(IdType.STRING), "5", step, message, step);
    }

    @ParameterizedTest
    @EnumSource(
            value = IdType.class,
            names = {"UINT32", "UINT64"})
    void refusesAStringWhereIdsAreIntegers(IdType idType) {
        assertEachRefuses(
                keys(idType),
                "5",
                0,
                "The id of a record must be an integer when id-type is %s, but is the string '5'.",
                idType);
    }

    @Test
    void refusesAnIntegerWhereIdsAreStrings() {
        assertEachRefuses(
                keys(IdType.STRING),
                5,
                0,
                "The id of a record must be a string when id-type is string, but is the integer 5.");
    }

    @Test
    void refusesNullForAString() {
        assertEachRefuses(
                keys(IdType.STRING),
                null,
                0,
                "The id of a record must be a string when id-type is string, but is null.");
    }

    @ParameterizedTest
    @CsvSource({"'\ud800', 0", "'ab\udc00', 2", "'a\ud83d\ude00\ud83d', 3"})
    void refusesAStringWithoutAUtf8Form(String id, int index) {
        assertEachRefuses(
                keys(IdType.STRING),
                id,
                0,
                "The id of a record must have a UTF-8 form, but '%s' has an unpaired surrogate at"
                        + " index %d.",
                id,
                index);
    }

    @SuppressWarnings("AnnotateFormatMethod") // an annotation of Error Prone would be a dependency
    private static void assertEachRefuses(
            RecordKeys keys, long id, long step, String message, Object... values) {
        List<ThrowingCallable> calls =
                List.of(
                        () -> keys.key(id, step),
                        () -> keys.folds(id, step),
                        () -> keys.check(id, step));
        calls.forEach(call -> assertRefuses(call, message.formatted(values)));
    }

    @SuppressWarnings("AnnotateFormatMethod") // an annotation of Error Prone would be a dependency
    private static void assertEachRefuses(
            RecordKeys keys, String id, long step, String message, Object... values) {
        List<ThrowingCallable> calls =
                List.of(
                        () -> keys.key(id, step),
                        () -> keys.folds(id, step),
                        () -> keys.check(id, step));
        calls.forEach(call -> assertRefuses(call, message.formatted(values)));
    }

    private static void assertRefuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static RecordKeys keys(IdType idType) {
        return new RecordKeys(BASE, idType, StepType.UINT32);
    }
}
