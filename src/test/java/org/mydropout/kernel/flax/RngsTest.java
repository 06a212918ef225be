package org.mydropout.kernel.flax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link Rngs}. */
class RngsTest {

    private static final PrngKey KEY = PrngKey.of(0);
    private static final PrngKey OTHER = PrngKey.of(42);

    @Test
    void countsCallsFromOne() {
        Rngs rngs = Rngs.of("dropout", KEY);
        assertThat(rngs.makeRng("dropout")).isEqualTo(derived(KEY, 1));
        assertThat(rngs.makeRng("dropout")).isEqualTo(derived(KEY, 2));
    }

    @Test
    void countsEachStreamByItself() {
        Rngs rngs = Rngs.of(Map.of("dropout", KEY, "noise", OTHER));
        rngs.makeRng("dropout");
        assertThat(rngs.makeRng("noise")).isEqualTo(derived(OTHER, 1));
    }

    @Test
    void doesNotHashTheNameOfTheStream() {
        assertThat(Rngs.of("noise", KEY).makeRng("noise"))
                .isEqualTo(Rngs.of("dropout", KEY).makeRng("dropout"));
    }

    @Test
    void fallsBackToParamsAndItsCount() {
        Rngs rngs = Rngs.of(KEY);
        assertThat(rngs.makeRng("params")).isEqualTo(derived(KEY, 1));
        assertThat(rngs.makeRng("dropout")).isEqualTo(derived(KEY, 2));
        assertThat(rngs.makeRng("noise")).isEqualTo(derived(KEY, 3));
    }

    @Test
    void goesOnCountingWhenASubmoduleIsEnteredAgain() {
        Rngs rngs = Rngs.of("dropout", KEY);
        assertThat(rngs.child("Block_0").child("MyDropout_0").makeRng("dropout"))
                .isEqualTo(derived(KEY, 1, "Block_0", "MyDropout_0"));
        assertThat(rngs.child("Block_0").child("MyDropout_0").makeRng("dropout"))
                .isEqualTo(derived(KEY, 2, "Block_0", "MyDropout_0"));
        assertThat(rngs.child("Block_0").child("MyDropout_1").makeRng("dropout"))
                .isEqualTo(derived(KEY, 1, "Block_0", "MyDropout_1"));
        assertThat(rngs.child("Block_0").makeRng("dropout")).isEqualTo(derived(KEY, 1, "Block_0"));
    }

    @Test
    void hashesSeparatorsIfAskedTo() {
        Rngs rngs = Rngs.of(Map.of("dropout", KEY), true);
        ModulePath path = new ModulePath(List.of("MyDropout_0"), true);
        assertThat(rngs.child("MyDropout_0").makeRng("dropout"))
                .isEqualTo(KEY.foldIn(path.foldData(1)));
    }

    /** The exact words of Flax 0.12.8. */
    @Test
    void refusesAMissingStreamInTheWordsOfFlax() {
        Rngs rngs = Rngs.of("noise", KEY);
        assertThatThrownBy(() -> rngs.makeRng("dropout"))
                .isInstanceOf(InvalidRngException.class)
                .hasMessage(
                        "None needs PRNG for \"dropout\" (https://flax.readthedocs.io/en/latest/"
                                + "api_reference/flax.errors.html#flax.errors.InvalidRngError)");
        assertThatThrownBy(() -> rngs.child("Block_0").child("MyDropout_0").makeRng("dropout"))
                .isInstanceOf(InvalidRngException.class)
                .hasMessageStartingWith("MyDropout_0 needs PRNG for \"dropout\" (https://flax.");
    }

    private static PrngKey derived(PrngKey key, long count, String... names) {
        return key.foldIn(new ModulePath(List.of(names), false).foldData(count));
    }
}
